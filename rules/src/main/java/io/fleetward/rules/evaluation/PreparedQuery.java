package io.fleetward.rules.evaluation;

import io.fleetward.rules.language.AggregationOperator;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.Horizon;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression that many hosts evaluate. Hosts whose series look alike share what is bound. Safe
/// for use by many threads.
public final class PreparedQuery {
  /// Functions that read or write the name of the host, so that each host binds for itself.
  private static final Set<String> READING_LABELS =
      Set.of(
          "absent",
          "absent_over_time",
          "histogram_quantiles",
          "info",
          "label_join",
          "label_replace",
          "sort_by_label",
          "sort_by_label_desc");

  private final String text;
  private final Expression expression;
  private final EvaluationSettings settings;
  private final List<VectorSelector> selectors;
  private final boolean isShareable;

  /// What is bound to each layout that some host still has.
  private final Map<Layout, WeakReference<SharedBinding>> bindings = new HashMap<>();

  private int cleanedSize = 16;

  /// @param text what the expression was parsed from
  public PreparedQuery(String text, Expression expression, EvaluationSettings settings) {
    this.text = text;
    this.expression = expression;
    this.settings = settings;
    List<VectorSelector> found = new ArrayList<>();
    Horizon.of(expression).forEach(sight -> found.add(sight.selector()));
    this.selectors = List.copyOf(found);
    this.isShareable = !readsLabels(expression);
  }

  private static boolean readsLabels(Expression expression) {
    boolean reads =
        switch (expression) {
          case Call call -> READING_LABELS.contains(call.function().name());
          case Aggregation aggregation ->
              aggregation.operator() == AggregationOperator.COUNT_VALUES
                  || aggregation.operator() == AggregationOperator.LIMIT_RATIO;
          default -> false;
        };
    for (Expression child : expression.children()) {
      reads |= readsLabels(child);
    }
    return reads;
  }

  String text() {
    return text;
  }

  Expression expression() {
    return expression;
  }

  EvaluationSettings settings() {
    return settings;
  }

  /// Every selector, in the order of the text.
  List<VectorSelector> selectors() {
    return selectors;
  }

  /// Whether a binding with the host left open gives what one with its name gives.
  boolean isShareable() {
    return isShareable;
  }

  /// What all hosts with a layout share.
  synchronized SharedBinding shared(Layout layout) {
    WeakReference<SharedBinding> known = bindings.get(layout);
    @Nullable SharedBinding found = known == null ? null : known.get();
    if (found == null) {
      found = new SharedBinding(this, layout);
      bindings.put(layout, new WeakReference<>(found));
      forgetUnused();
    }
    return found;
  }

  private void forgetUnused() {
    if (bindings.size() > 2 * cleanedSize) {
      bindings.values().removeIf(binding -> binding.get() == null);
      cleanedSize = Math.max(16, bindings.size());
    }
  }
}
