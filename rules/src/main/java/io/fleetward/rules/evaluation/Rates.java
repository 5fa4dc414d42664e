package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.series.Window;

/// The functions that look at how a series changes over a range.
final class Rates {
  /// A gap at an edge counts as missing samples from this many average distances on.
  static final double MISSING_FROM = 1.1;

  private Rates() {}

  static double rate(Window window, Range range) {
    return extrapolated(window, range, true) / range.seconds();
  }

  static double increase(Window window, Range range) {
    return extrapolated(window, range, true);
  }

  static double delta(Window window, Range range) {
    return extrapolated(window, range, false);
  }

  /// The change over the range, the parts before the first and after the last sample estimated.
  private static double extrapolated(Window window, Range range, boolean isCounter) {
    int size = window.size();
    double first = window.value(0);
    double change = window.last() - first;
    if (isCounter) {
      change += lostByResets(window);
    }
    return extrapolated(change, first, window.time(0), window.lastTime(), size, range, isCounter);
  }

  /// @param change between the first and the last of `size` samples
  static double extrapolated(
      double change,
      double first,
      long firstTime,
      long lastTime,
      int size,
      Range range,
      boolean isCounter) {
    double sampled = (lastTime - firstTime) / 1000.0;
    double distance = sampled / (size - 1);
    double before = (firstTime - range.startMillis()) / 1000.0;
    double after = (range.endMillis() - lastTime) / 1000.0;
    before = before >= MISSING_FROM * distance ? distance / 2 : before;
    after = after >= MISSING_FROM * distance ? distance / 2 : after;
    if (isCounter && change > 0 && first >= 0) {
      // a counter was not below zero before its first sample
      before = Math.min(before, sampled * (first / change));
    }
    return change * ((sampled + before + after) / sampled);
  }

  private static double lostByResets(Window window) {
    double lost = 0;
    for (int i = 1; i < window.size(); i++) {
      if (window.value(i) < window.value(i - 1)) {
        lost += window.value(i - 1);
      }
    }
    return lost;
  }

  static double irate(Window window, Range range) {
    int last = window.size() - 1;
    long millis = window.time(last) - window.time(last - 1);
    double change =
        window.value(last) < window.value(last - 1)
            ? window.value(last)
            : window.value(last) - window.value(last - 1);
    return millis == 0 ? StaleMarker.VALUE : change / (millis / 1000.0);
  }

  static double idelta(Window window, Range range) {
    int last = window.size() - 1;
    boolean sameTime = window.time(last) == window.time(last - 1);
    return sameTime ? StaleMarker.VALUE : window.value(last) - window.value(last - 1);
  }

  static double changes(Window window, Range range) {
    int changes = 0;
    for (int i = 1; i < window.size(); i++) {
      double before = window.value(i - 1);
      double now = window.value(i);
      changes += now != before && !(Double.isNaN(now) && Double.isNaN(before)) ? 1 : 0;
    }
    return changes;
  }

  static double resets(Window window, Range range) {
    int resets = 0;
    for (int i = 1; i < window.size(); i++) {
      resets += window.value(i) < window.value(i - 1) ? 1 : 0;
    }
    return resets;
  }

  /// @param range its arguments are the factors of smoothing and of trend, both within 0 and 1
  static double doubleExponentialSmoothing(Window window, Range range) {
    double factor = range.firstArgument();
    double trendFactor = range.second();
    double smoothedBefore = 0;
    double smoothed = window.value(0);
    double trend = window.value(1) - window.value(0);
    for (int i = 1; i < window.size(); i++) {
      if (i > 1) {
        trend = trendFactor * (smoothed - smoothedBefore) + (1 - trendFactor) * trend;
      }
      double next = factor * window.value(i) + (1 - factor) * (smoothed + trend);
      smoothedBefore = smoothed;
      smoothed = next;
    }
    return smoothed;
  }
}
