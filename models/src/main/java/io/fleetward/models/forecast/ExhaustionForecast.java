package io.fleetward.models.forecast;

import io.fleetward.models.forecast.Outlook.Exhaustion;
import io.fleetward.models.forecast.Outlook.NotInSight;
import io.fleetward.models.forecast.Outlook.Undetermined;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// When one resource will be exhausted, learnt from how the room left of it develops. Confined to
/// one thread; neither values taken in nor bounds given out allocate.
///
/// Six scales of time, blocks of 15 s to 4 h, answer for one stretch of the future each, the finest
/// first. A bound of the exhaustion is where the matching bound of the room crosses zero. Where no
/// record tells how far forecasts err, there is no upper bound, and so no interval.
public final class ExhaustionForecast {
  private static final int SCALES = 6;
  private static final long FINEST_MILLIS = 15_000;
  private static final byte VERSION = 1;
  private static final Undetermined TOO_YOUNG =
      new Undetermined("too few blocks without a gap to fit a line to");

  private final RobustLine line;
  private final TimeScale[] scales = new TimeScale[SCALES];
  private long time = Long.MIN_VALUE;
  private double room = Double.NaN;

  /// Between the last two values, at most a finest block. The last value of a falling block is its
  /// least, and lies so long before the block's end.
  private long interval;

  /// @param line shared by all forecasts on this thread
  public ExhaustionForecast(RobustLine line) {
    this.line = line;
    Arrays.setAll(scales, scale -> new TimeScale(FINEST_MILLIS << (2 * scale)));
  }

  /// Takes in how much is left: bytes, inodes, descriptors, in any unit that is 0 when nothing is
  /// left. A value that is no number or lies before the last one is ignored.
  public void observe(long timeMillis, double roomLeft) {
    if (timeMillis < time || !Double.isFinite(roomLeft)) {
      return;
    }
    interval = time == Long.MIN_VALUE ? 0 : Math.min(timeMillis - time, FINEST_MILLIS);
    time = timeMillis;
    room = roomLeft;
    double coarserSlope = Double.NaN;
    for (int i = SCALES - 1; i >= 0; i--) {
      scales[i].observe(timeMillis, roomLeft, coarserSlope, line);
      coarserSlope = scales[i].slope();
    }
  }

  /// How far the forecast reaches, in seconds from the last value; 0 while nothing can be told.
  public double horizonSeconds() {
    double horizon = 0;
    for (TimeScale scale : scales) {
      int reach = reach(scale, Side.LEAST);
      if (reach > 0) {
        horizon = Math.max(horizon, (scale.endMillis(reach - 1) - time) / 1000.0);
      }
    }
    return horizon;
  }

  /// A bound of the time to exhaustion, in seconds from the last value: infinite if exhaustion is
  /// not in sight by it, and NaN while nothing can be told.
  public double seconds(Side side) {
    if (room <= 0) {
      return 0;
    }
    return horizonSeconds() > 0 ? crossing(side) : Double.NaN;
  }

  /// Where a bound of the room crosses zero.
  private double crossing(Side side) {
    long from = time;
    double before = room;
    for (TimeScale scale : scales) {
      for (int horizon = 0; horizon < reach(scale, side); horizon++) {
        long end = scale.endMillis(horizon) - interval;
        if (end > from) {
          double bound = scale.room(horizon, side);
          if (bound <= 0) {
            double share = before > bound ? before / (before - bound) : 1;
            return (from + share * (end - from) - time) / 1000;
          }
          from = end;
          before = bound;
        }
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /// How many horizons a scale can tell: an upper bound one doubling beyond the longest verified
  /// one, the others two.
  private static int reach(TimeScale scale, Side side) {
    int beyond = side == Side.MOST ? 1 : 2;
    return scale.hasLine() ? Math.min(scale.verified() + beyond, TimeScale.HORIZONS + 1) : 0;
  }

  /// The whole answer in one value.
  public Outlook outlook() {
    double lower = seconds(Side.LEAST);
    if (Double.isNaN(lower)) {
      return TOO_YOUNG;
    }
    double horizon = horizonSeconds();
    if (Double.isInfinite(lower)) {
      return new NotInSight(horizon);
    }
    double median = Math.max(lower, seconds(Side.EXPECTED));
    return new Exhaustion(lower, median, Math.max(median, seconds(Side.MOST)), horizon);
  }

  /// All that was learnt, to be kept; always the same number of bytes.
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(bytes()).put(VERSION);
    bytes.putLong(time).putDouble(room).putLong(interval);
    for (TimeScale scale : scales) {
      scale.write(bytes);
    }
    return bytes.array();
  }

  /// Puts back what [#toBytes] gave; false, and nothing changes, if it is not that.
  public boolean restore(byte[] stored) {
    if (stored.length != bytes() || stored[0] != VERSION) {
      return false;
    }
    ByteBuffer from = ByteBuffer.wrap(stored, 1, stored.length - 1);
    time = from.getLong();
    room = from.getDouble();
    interval = from.getLong();
    for (TimeScale scale : scales) {
      scale.read(from);
    }
    return true;
  }

  private static int bytes() {
    return 1 + 2 * Long.BYTES + Double.BYTES + SCALES * TimeScale.bytes();
  }
}
