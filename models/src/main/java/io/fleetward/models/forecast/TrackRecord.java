package io.fleetward.models.forecast;

import java.nio.ByteBuffer;

/// How well forecasts over one horizon came true: the error of each [Way], and how many typical
/// errors the room went beyond the forecast in one case out of twenty, to either side. Confined to
/// one thread; allocates nothing.
final class TrackRecord {
  static final int BYTES = 5 * Float.BYTES + Integer.BYTES;

  /// Verified forecasts from which on the record counts.
  static final int ENOUGH = 8;

  private static final double OUTSIDE_EACH_SIDE = 0.05;

  /// Typical errors that the bounds lie away before anything was verified.
  private static final float FIRST_BOUND = 2.5f;

  private static final float LEAST_BOUND = 0.3f;
  private static final double STEP = 5;
  private static final double SMALLEST_STEP_SHARE = 0.02;
  private static final double SETTLING = 10;
  private static final double MEMORY = 0.03;

  /// Ways to forecast; the record says which errs least.
  enum Way {
    UNCHANGED,
    LINE,
    COARSER_LINE
  }

  private float unchangedError;
  private float lineError;
  private float coarserError;
  private float above = FIRST_BOUND;
  private float below = FIRST_BOUND;
  private int verified;

  boolean isLongEnough() {
    return verified >= ENOUGH;
  }

  /// The way that has erred least; the line while there is no record.
  Way best() {
    if (lineError <= unchangedError && lineError <= coarserError) {
      return Way.LINE;
    }
    return unchangedError <= coarserError ? Way.UNCHANGED : Way.COARSER_LINE;
  }

  /// The running mean of the absolute errors of the best way.
  double error() {
    return switch (best()) {
      case UNCHANGED -> unchangedError;
      case LINE -> lineError;
      case COARSER_LINE -> coarserError;
    };
  }

  /// Typical errors by which the room exceeded the forecast in one case out of twenty.
  double above() {
    return above;
  }

  /// Typical errors by which the room fell short of the forecast in one case out of twenty.
  double below() {
    return below;
  }

  /// Moves the bounds by a forecast that came due.
  ///
  /// @param error value less forecast, in typical errors at that time
  void judge(double error) {
    double step = STEP * Math.max(SMALLEST_STEP_SHARE, 1 / (verified + SETTLING));
    above = moved(above, error, step);
    below = moved(below, -error, step);
  }

  private static float moved(float bound, double error, double step) {
    double moved = bound + step * ((error > bound ? 1 : 0) - OUTSIDE_EACH_SIDE);
    return (float) Math.max(LEAST_BOUND, moved);
  }

  /// Adds to the record what each way missed by, none negative.
  void add(double unchanged, double line, double coarser) {
    verified = Math.min(verified + 1, Integer.MAX_VALUE - 1);
    double gain = Math.max(MEMORY, 1.0 / verified);
    unchangedError += (float) (gain * (unchanged - unchangedError));
    lineError += (float) (gain * (line - lineError));
    coarserError += (float) (gain * (coarser - coarserError));
  }

  void write(ByteBuffer to) {
    to.putFloat(unchangedError).putFloat(lineError).putFloat(coarserError);
    to.putFloat(above).putFloat(below).putInt(verified);
  }

  void read(ByteBuffer from) {
    unchangedError = from.getFloat();
    lineError = from.getFloat();
    coarserError = from.getFloat();
    above = from.getFloat();
    below = from.getFloat();
    verified = from.getInt();
  }
}
