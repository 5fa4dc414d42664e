package io.fleetward.rules.series;

/// What long ranges ask about a run of samples, so that they need not look at each. Made once and
/// never added to or subtracted from.
///
/// @param isPlain whether all samples are finite; nothing else is valid if not
/// @param lost the sum of the values before each fall, which is what a counter lost by resets
/// @param sumX seconds since the first time; `sumY` values less the first value, and so on
public record Summary(
    boolean isPlain,
    int count,
    long firstTime,
    long lastTime,
    double first,
    double last,
    double min,
    double max,
    double lost,
    int resets,
    int changes,
    double sumX,
    double sumY,
    double sumXx,
    double sumXy) {

  static Summary of(long baseMillis, int[] offsets, double[] values, int from, int to) {
    double first = values[from];
    double min = first;
    double max = first;
    double lost = 0;
    int resets = 0;
    int changes = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    boolean isPlain = true;
    for (int i = from; i < to; i++) {
      double value = values[i];
      double before = values[Math.max(from, i - 1)];
      isPlain &= Double.isFinite(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
      lost += value < before ? before : 0;
      resets += value < before ? 1 : 0;
      changes += value != before ? 1 : 0;
      double x = (offsets[i] - offsets[from]) / 1000.0;
      double y = value - first;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return new Summary(
        isPlain,
        to - from,
        baseMillis + offsets[from],
        baseMillis + offsets[to - 1],
        first,
        values[to - 1],
        min,
        max,
        lost,
        resets,
        changes,
        sumX,
        sumY,
        sumXx,
        sumXy);
  }
}
