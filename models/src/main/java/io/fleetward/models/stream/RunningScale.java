package io.fleetward.models.stream;

import java.io.IOException;

/// Mean and deviation of one value over all its history; values far out are pulled in before they
/// are learnt.
final class RunningScale {
  private static final double FAR = 5;
  private static final int TRUSTING_ROWS = 100;

  private double mean;
  private double variance;
  private long rows;

  /// How many deviations a value lies from the mean of those before it; the value is learnt.
  double take(double value) {
    if (rows == 0) {
      mean = value;
    }
    double deviation = value - mean;
    double scale = scale();
    double learnt =
        rows < TRUSTING_ROWS ? deviation : Math.clamp(deviation, -FAR * scale, FAR * scale);
    rows++;
    double rate = 1.0 / rows;
    mean += rate * learnt;
    variance = (1 - rate) * (variance + rate * learnt * learnt);
    return deviation / scale;
  }

  private double scale() {
    double scale = Math.sqrt(variance);
    double size = Math.abs(mean);
    return scale > 1e-9 * size + 1e-300 ? scale : Math.max(1e-3 * size, 1e-3);
  }

  void clear() {
    mean = 0;
    variance = 0;
    rows = 0;
  }

  void state(StateTape tape) throws IOException {
    mean = tape.number(mean);
    variance = tape.number(variance);
    rows = tape.whole(rows);
  }
}
