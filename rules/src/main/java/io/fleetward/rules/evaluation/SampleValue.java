package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.template.GoNumbers;

/// What a sample is: a number or a histogram.
public sealed interface SampleValue {
  /// The number; NaN for a histogram.
  double number();

  record Plain(double number) implements SampleValue {
    @Override
    public String toString() {
      return GoNumbers.shortest(number);
    }
  }

  record Histogram(NativeHistogram histogram) implements SampleValue {
    @Override
    public double number() {
      return Double.NaN;
    }

    @Override
    public String toString() {
      return histogram.toString();
    }
  }
}
