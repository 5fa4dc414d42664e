package io.fleetward.rules.evaluation;

import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.CompensatedSum;
import io.fleetward.rules.series.Window;

/// The `…_over_time` functions. Confined to one thread.
final class OverTime {
  private final CompensatedSum sum = new CompensatedSum();
  private final Mean mean = new Mean();
  private final Variance variance = new Variance();
  private final Quantile quantile = new Quantile();

  double sum(Window window, Range range) {
    sum.restart(0);
    for (int i = 0; i < window.size(); i++) {
      sum.add(window.value(i));
    }
    return Double.isInfinite(sum.rough()) ? sum.rough() : sum.total();
  }

  double avg(Window window, Range range) {
    mean.restart();
    for (int i = 0; i < window.size(); i++) {
      mean.add(window.value(i));
    }
    return mean.value();
  }

  double stdvar(Window window, Range range) {
    variance.restart();
    for (int i = 0; i < window.size(); i++) {
      variance.add(window.value(i));
    }
    return variance.value();
  }

  double stddev(Window window, Range range) {
    return Math.sqrt(stdvar(window, range));
  }

  double quantile(Window window, Range range) {
    fillQuantile(window);
    return quantile.value(range.firstArgument());
  }

  double medianDeviation(Window window, Range range) {
    fillQuantile(window);
    quantile.toDistances(quantile.value(0.5));
    return quantile.value(0.5);
  }

  private void fillQuantile(Window window) {
    quantile.restart();
    for (int i = 0; i < window.size(); i++) {
      quantile.add(window.value(i));
    }
  }

  static double min(Window window, Range range) {
    return window.value(minAt(window));
  }

  static double max(Window window, Range range) {
    return window.value(maxAt(window));
  }

  static double timeOfMin(Window window, Range range) {
    return window.time(minAt(window)) / 1000.0;
  }

  static double timeOfMax(Window window, Range range) {
    return window.time(maxAt(window)) / 1000.0;
  }

  private static int minAt(Window window) {
    int at = 0;
    for (int i = 1; i < window.size(); i++) {
      at = window.value(i) < window.value(at) || Double.isNaN(window.value(at)) ? i : at;
    }
    return at;
  }

  private static int maxAt(Window window) {
    int at = 0;
    for (int i = 1; i < window.size(); i++) {
      at = window.value(i) > window.value(at) || Double.isNaN(window.value(at)) ? i : at;
    }
    return at;
  }

  static double count(Window window, Range range) {
    return window.size();
  }

  static double present(Window window, Range range) {
    return 1;
  }

  static double first(Window window, Range range) {
    return window.value(0);
  }

  static double last(Window window, Range range) {
    return window.last();
  }

  static double timeOfFirst(Window window, Range range) {
    return window.time(0) / 1000.0;
  }

  static double timeOfLast(Window window, Range range) {
    return window.lastTime() / 1000.0;
  }
}
