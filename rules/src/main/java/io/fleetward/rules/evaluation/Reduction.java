package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.CompensatedSum;
import io.fleetward.rules.language.AggregationOperator;

/// What an aggregation makes of the members of a group. Confined to one thread, used again.
final class Reduction {
  private final CompensatedSum sum = new CompensatedSum();
  private final Mean mean = new Mean();
  private final Variance variance = new Variance();
  private final Quantile quantile = new Quantile();

  /// The value of a group; a stale marker if no member is there.
  double of(AggregationOperator operator, double[] values, int[] members, double parameter) {
    int there = 0;
    for (int row : members) {
      there += StaleMarker.is(values[row]) ? 0 : 1;
    }
    if (there == 0) {
      return StaleMarker.VALUE;
    }
    return switch (operator) {
      case SUM -> sum(values, members);
      case AVG -> mean(values, members);
      case MIN -> least(values, members);
      case MAX -> greatest(values, members);
      case COUNT -> there;
      case GROUP -> 1;
      case STDVAR -> variance(values, members);
      case STDDEV -> Math.sqrt(variance(values, members));
      case QUANTILE -> quantile(values, members, parameter);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES ->
          throw new IllegalArgumentException(operator + " gives no single value");
    };
  }

  private double sum(double[] values, int[] members) {
    sum.restart(0);
    for (int row : members) {
      if (!StaleMarker.is(values[row])) {
        sum.add(values[row]);
      }
    }
    return sum.total();
  }

  private double mean(double[] values, int[] members) {
    mean.restart();
    for (int row : members) {
      if (!StaleMarker.is(values[row])) {
        mean.add(values[row]);
      }
    }
    return mean.value();
  }

  private double variance(double[] values, int[] members) {
    variance.restart();
    for (int row : members) {
      if (!StaleMarker.is(values[row])) {
        variance.add(values[row]);
      }
    }
    return variance.value();
  }

  private double quantile(double[] values, int[] members, double parameter) {
    quantile.restart();
    for (int row : members) {
      if (!StaleMarker.is(values[row])) {
        quantile.add(values[row]);
      }
    }
    return quantile.value(parameter);
  }

  private static double least(double[] values, int[] members) {
    double least = Double.NaN;
    for (int row : members) {
      boolean isLess = values[row] < least || Double.isNaN(least);
      least = isLess && !StaleMarker.is(values[row]) ? values[row] : least;
    }
    return least;
  }

  private static double greatest(double[] values, int[] members) {
    double greatest = Double.NaN;
    for (int row : members) {
      boolean isMore = values[row] > greatest || Double.isNaN(greatest);
      greatest = isMore && !StaleMarker.is(values[row]) ? values[row] : greatest;
    }
    return greatest;
  }
}
