package io.fleetward.models.forecast;

import io.fleetward.models.forecast.TrackRecord.Way;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// How a resource develops at one scale of time, in blocks of one width. A block is known by the
/// least room in it, for that is what exhausts. Confined to one thread; allocates nothing.
///
/// At the end of each block the forecasts made 1, 2, 4, 8 and 16 blocks ago are held against what
/// came. From that follows, for each of these horizons, which way of forecasting errs least, how
/// far it errs, and how many times as far the bounds have to lie.
final class TimeScale {
  /// Horizons that are verified: 1, 2, 4, 8 and 16 blocks.
  static final int HORIZONS = 5;

  private static final int LONGEST = 1 << (HORIZONS - 1);
  private static final int BLOCKS = RobustLine.WINDOW + 1;
  private static final int SLOPE = LONGEST;
  private static final int COARSER_SLOPE = 2 * LONGEST;
  private static final int SPREAD = 3 * LONGEST;
  private static final int NEWEST = LONGEST - 1;

  /// The line's own uncertainty counts for this share of what its spread suggests.
  private static final double NATURAL_SHARE = 0.7;

  private static final double SPREAD_TO_ERROR = 0.8;

  private final long width;
  private final TrackRecord[] records = new TrackRecord[HORIZONS];

  /// The least room of each block, oldest first; NaN for a gap.
  private final float[] blocks = new float[BLOCKS];

  /// Levels of the lines fitted at the last ends of blocks, oldest first, then slopes, then the
  /// coarser scale's slopes, then spreads; NaN without a line. Slopes are per block.
  private final float[] lines = new float[4 * LONGEST];

  private long block = Long.MIN_VALUE;
  private double least = Double.NaN;

  TimeScale(long widthMillis) {
    this.width = widthMillis;
    Arrays.setAll(records, _ -> new TrackRecord());
    Arrays.fill(blocks, Float.NaN);
    Arrays.fill(lines, Float.NaN);
  }

  /// Takes a value in.
  ///
  /// @param timeMillis not before that of the last call
  /// @param coarserSlope change in a millisecond at the next coarser scale; NaN if unknown
  void observe(long timeMillis, double room, double coarserSlope, RobustLine line) {
    long now = Math.floorDiv(timeMillis, width);
    if (now != block) {
      if (block != Long.MIN_VALUE) {
        close(coarserSlope, line);
        for (long gap = Math.max(block + 1, now - BLOCKS - LONGEST); gap < now; gap++) {
          push(Float.NaN);
        }
      }
      block = now;
      least = room;
    } else if (!(room >= least)) {
      least = room;
    }
  }

  private void close(double coarserSlope, RobustLine line) {
    for (int horizon = 0; horizon < HORIZONS; horizon++) {
      verify(horizon);
    }
    push((float) least);
    double[] values = line.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = blocks[BLOCKS - values.length + i];
    }
    if (line.fit()) {
      lines[NEWEST] = (float) line.level();
      lines[SLOPE + NEWEST] = (float) line.slope();
      lines[COARSER_SLOPE + NEWEST] =
          (float) (Double.isNaN(coarserSlope) ? line.slope() : coarserSlope * width);
      lines[SPREAD + NEWEST] = (float) line.spread();
    }
  }

  private void push(float value) {
    System.arraycopy(blocks, 1, blocks, 0, BLOCKS - 1);
    blocks[BLOCKS - 1] = value;
    System.arraycopy(lines, 1, lines, 0, lines.length - 1);
    for (int newest = NEWEST; newest < lines.length; newest += LONGEST) {
      lines[newest] = Float.NaN;
    }
  }

  /// Holds the forecast that has come due against the block just ended.
  private void verify(int horizon) {
    int ahead = 1 << horizon;
    int age = ahead - 1;
    if (Float.isNaN(lines[NEWEST - age])) {
      return;
    }
    TrackRecord record = records[horizon];
    double unit = error(horizon, age);
    if (unit > 0) {
      record.judge((least - forecast(way(horizon), ahead, age)) / unit);
    }
    record.add(
        Math.abs(least - forecast(Way.UNCHANGED, ahead, age)),
        Math.abs(least - forecast(Way.LINE, ahead, age)),
        Math.abs(least - forecast(Way.COARSER_LINE, ahead, age)));
  }

  /// The room so many blocks ahead, as forecast `age` blocks before the newest.
  private double forecast(Way way, int ahead, int age) {
    return switch (way) {
      case UNCHANGED -> blocks[BLOCKS - 1 - age];
      case LINE -> lines[NEWEST - age] + (double) lines[SLOPE + NEWEST - age] * ahead;
      case COARSER_LINE ->
          blocks[BLOCKS - 1 - age] + (double) lines[COARSER_SLOPE + NEWEST - age] * ahead;
    };
  }

  /// The best way by the record of this horizon, or of the longest shorter one that has a record.
  private Way way(int horizon) {
    int known = horizon;
    while (known > 0 && !records[known].isLongEnough()) {
      known--;
    }
    return records[known].isLongEnough() ? records[known].best() : Way.LINE;
  }

  /// The typical error over a horizon: as recorded, else as the line's spread suggests; without a
  /// record at least twice that over half the horizon.
  private double error(int horizon, int age) {
    double error = 0;
    for (int each = 0; each <= horizon; each++) {
      double natural = naturalError(1 << each, lines[SPREAD + NEWEST - age]);
      error =
          records[each].isLongEnough()
              ? Math.max(error, Math.max(records[each].error(), NATURAL_SHARE * natural))
              : Math.max(2 * error, natural);
    }
    return error;
  }

  /// The mean absolute error of a line through values that scatter so far around it.
  private static double naturalError(double ahead, double spread) {
    double window = RobustLine.WINDOW;
    return SPREAD_TO_ERROR
        * spread
        * Math.sqrt(1 + 12 * ahead * ahead / (window * window * window));
  }

  /// Whether there is a line through the blocks up to the newest.
  boolean hasLine() {
    return !Float.isNaN(lines[NEWEST]);
  }

  /// How many horizons have a record long enough to count.
  int verified() {
    int verified = 0;
    while (verified < HORIZONS && records[verified].isLongEnough()) {
      verified++;
    }
    return verified;
  }

  /// When the block at a horizon ends, in milliseconds since the epoch.
  long endMillis(int horizon) {
    return (block + (1L << horizon)) * width;
  }

  /// What the room is expected to be at a horizon, which may be one or two doublings beyond the
  /// longest verified one, or what it is expected to stay above or below.
  double room(int horizon, Side side) {
    int known = Math.min(horizon, HORIZONS - 1);
    double expected = forecast(way(known), 1 << horizon, 0);
    double error = error(known, 0) * (1 << (horizon - known));
    return switch (side) {
      case LEAST -> expected - records[known].below() * error;
      case EXPECTED -> expected;
      case MOST -> expected + records[known].above() * error;
    };
  }

  /// Change in a millisecond; NaN without a line.
  double slope() {
    return lines[SLOPE + NEWEST] / (double) width;
  }

  static int bytes() {
    return Long.BYTES
        + Double.BYTES
        + (BLOCKS + 4 * LONGEST) * Float.BYTES
        + HORIZONS * TrackRecord.BYTES;
  }

  void write(ByteBuffer to) {
    to.putLong(block).putDouble(least);
    for (float value : blocks) {
      to.putFloat(value);
    }
    for (float value : lines) {
      to.putFloat(value);
    }
    for (TrackRecord record : records) {
      record.write(to);
    }
  }

  void read(ByteBuffer from) {
    block = from.getLong();
    least = from.getDouble();
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = from.getFloat();
    }
    for (int i = 0; i < lines.length; i++) {
      lines[i] = from.getFloat();
    }
    for (TrackRecord record : records) {
      record.read(from);
    }
  }
}
