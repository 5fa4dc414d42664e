package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.BinaryOperator.Kind;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Subquery;
import java.util.Set;

/// What the expressions around a selector read of its histograms.
///
/// @param readsTotals whether one of them reads only what they count and sum up
/// @param readsBuckets whether one of them needs the buckets
record Reading(boolean readsTotals, boolean readsBuckets) {
  /// At the root of an expression.
  static final Reading ROOT = new Reading(false, false);

  private static final Set<String> OF_TOTALS =
      Set.of("histogram_avg", "histogram_count", "histogram_sum");
  private static final Set<String> OF_BUCKETS =
      Set.of("histogram_fraction", "histogram_quantile", "histogram_quantiles");

  /// For what stands within an expression.
  Reading within(Expression expression) {
    return switch (expression) {
      case Call call when OF_TOTALS.contains(call.function().name()) ->
          new Reading(true, readsBuckets);
      case Call call when OF_BUCKETS.contains(call.function().name()) ->
          new Reading(readsTotals, true);
      case Binary binary when binary.operator().kind() == Kind.TRIM ->
          new Reading(readsTotals, true);
      case Subquery _ -> new Reading(readsTotals, true);
      default -> this;
    };
  }

  /// Whether selectors may leave the buckets out.
  boolean isOfTotals() {
    return readsTotals && !readsBuckets;
  }
}
