package io.fleetward.rules.evaluation;

import java.util.Optional;

/// Finds the functions over ranges by name.
///
/// @param leastSamples fewer samples than this give no result
/// @param keepsName whether the result is still the metric
record RangeFunctions(RangeFunction function, int leastSamples, boolean keepsName) {
  /// The same function on runs of samples, for long ranges; empty if it has to see each sample.
  static Optional<Digests.OfRuns> ofRuns(String name) {
    return switch (name) {
      case "rate" -> Optional.of(new Digests.Change(true, true));
      case "increase" -> Optional.of(new Digests.Change(true, false));
      case "delta" -> Optional.of(new Digests.Change(false, false));
      case "deriv" -> Optional.of(new Digests.Line(false));
      case "predict_linear" -> Optional.of(new Digests.Line(true));
      case "changes" -> Optional.of(new Digests.Steps(false));
      case "resets" -> Optional.of(new Digests.Steps(true));
      case "sum_over_time" -> Optional.of(new Digests.Total(false));
      case "avg_over_time" -> Optional.of(new Digests.Total(true));
      case "min_over_time" -> Optional.of(new Digests.Extreme(false));
      case "max_over_time" -> Optional.of(new Digests.Extreme(true));
      case "count_over_time" -> Optional.of(new Digests.Count());
      default -> Optional.empty();
    };
  }

  static RangeFunctions of(String name) {
    OverTime overTime = new OverTime();
    return switch (name) {
      case "rate" -> of(Rates::rate, 2);
      case "increase" -> of(Rates::increase, 2);
      case "delta" -> of(Rates::delta, 2);
      case "irate" -> of(Rates::irate, 2);
      case "idelta" -> of(Rates::idelta, 2);
      case "deriv" -> of(new Regression()::deriv, 2);
      case "predict_linear" -> of(new Regression()::predictLinear, 2);
      case "double_exponential_smoothing" -> of(Rates::doubleExponentialSmoothing, 2);
      case "changes" -> of(Rates::changes, 1);
      case "resets" -> of(Rates::resets, 1);
      case "sum_over_time" -> of(overTime::sum, 1);
      case "avg_over_time" -> of(overTime::avg, 1);
      case "min_over_time" -> of(OverTime::min, 1);
      case "max_over_time" -> of(OverTime::max, 1);
      case "count_over_time" -> of(OverTime::count, 1);
      case "present_over_time" -> of(OverTime::present, 1);
      case "stddev_over_time" -> of(overTime::stddev, 1);
      case "stdvar_over_time" -> of(overTime::stdvar, 1);
      case "quantile_over_time" -> of(overTime::quantile, 1);
      case "mad_over_time" -> of(overTime::medianDeviation, 1);
      case "ts_of_first_over_time" -> of(OverTime::timeOfFirst, 1);
      case "ts_of_last_over_time" -> of(OverTime::timeOfLast, 1);
      case "ts_of_min_over_time" -> of(OverTime::timeOfMin, 1);
      case "ts_of_max_over_time" -> of(OverTime::timeOfMax, 1);
      case "first_over_time" -> new RangeFunctions(OverTime::first, 1, true);
      case "last_over_time" -> new RangeFunctions(OverTime::last, 1, true);
      default -> throw new IllegalArgumentException("no function over a range: " + name);
    };
  }

  private static RangeFunctions of(RangeFunction function, int leastSamples) {
    return new RangeFunctions(function, leastSamples, false);
  }
}
