package io.fleetward.rules.language;

import java.util.Locale;
import java.util.Optional;

/// PromQL's aggregations.
public enum AggregationOperator {
  SUM,
  AVG,
  MIN,
  MAX,
  COUNT,
  GROUP,
  STDDEV,
  STDVAR,
  TOPK,
  BOTTOMK,
  QUANTILE,
  COUNT_VALUES,
  LIMITK,
  LIMIT_RATIO;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the parameter before the vector has to be; [ValueType#NONE] where there is none.
  public ValueType parameterType() {
    return switch (this) {
      case TOPK, BOTTOMK, QUANTILE, LIMITK, LIMIT_RATIO -> ValueType.SCALAR;
      case COUNT_VALUES -> ValueType.STRING;
      case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR -> ValueType.NONE;
    };
  }

  /// Whether it keeps members of a group as they are instead of making one series of each group.
  public boolean selects() {
    return switch (this) {
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> true;
      case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR, QUANTILE, COUNT_VALUES -> false;
    };
  }

  public boolean experimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /// The aggregation of that name, in any case.
  public static Optional<AggregationOperator> of(String word) {
    for (AggregationOperator operator : values()) {
      if (operator.name().equalsIgnoreCase(word)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
