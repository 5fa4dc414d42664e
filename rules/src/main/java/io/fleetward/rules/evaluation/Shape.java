package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The rows of a vector: the labels of each, and whether its metric name falls away at the end of
/// the query. Immutable.
final class Shape {
  static final Shape EMPTY = new Shape(new Labels[0], new boolean[0]);
  static final Shape ONE = of(Labels.EMPTY);

  /// What describes a metric and no longer holds for something computed from it.
  private static final List<String> METADATA = List.of(Labels.METRIC_NAME, "__type__", "__unit__");

  private final Labels[] labels;
  private final boolean[] nameFallsAway;

  private Shape(Labels[] labels, boolean[] nameFallsAway) {
    this.labels = labels;
    this.nameFallsAway = nameFallsAway;
  }

  static Shape of(Labels... labels) {
    return new Shape(labels.clone(), new boolean[labels.length]);
  }

  /// Labels without the metric's name, type and unit.
  static Labels nameless(Labels metric) {
    return metric.without(METADATA);
  }

  int size() {
    return labels.length;
  }

  Labels labels(int row) {
    return labels[row];
  }

  boolean nameFallsAway(int row) {
    return nameFallsAway[row];
  }

  /// The same rows with their metric names dropped, now or at the end.
  Shape withoutNames(NameRemoval removal) {
    return switch (removal) {
      case AT_ONCE -> mapped(Shape::nameless);
      case AT_THE_END -> {
        boolean[] all = new boolean[labels.length];
        Arrays.fill(all, true);
        yield new Shape(labels, all);
      }
    };
  }

  /// The same rows with other labels.
  Shape mapped(UnaryOperator<Labels> change) {
    Labels[] changed = new Labels[labels.length];
    for (int row = 0; row < labels.length; row++) {
      changed[row] = change.apply(labels[row]);
    }
    return new Shape(changed, nameFallsAway);
  }

  /// The same rows with the names kept that would have fallen away.
  Shape withNamesKept() {
    return new Shape(labels, new boolean[labels.length]);
  }

  /// What the query gives: names that fall away are gone.
  Shape result() {
    Labels[] changed = new Labels[labels.length];
    for (int row = 0; row < labels.length; row++) {
      changed[row] = nameFallsAway[row] ? nameless(labels[row]) : labels[row];
    }
    return new Shape(changed, new boolean[labels.length]);
  }

  /// Rows with the same labels, which must not all yield something at the same time.
  int[][] duplicates() {
    Map<Labels, List<Integer>> rows = new HashMap<>();
    boolean any = false;
    for (int row = 0; row < labels.length; row++) {
      List<Integer> same = rows.computeIfAbsent(labels[row], _ -> new ArrayList<>(1));
      same.add(row);
      any |= same.size() > 1;
    }
    if (!any) {
      return new int[0][];
    }
    return rows.values().stream()
        .filter(same -> same.size() > 1)
        .map(same -> same.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /// Collects rows one after the other.
  static final class Builder {
    private final List<Labels> labels = new ArrayList<>();
    private final List<Boolean> nameFallsAway = new ArrayList<>();

    /// Adds a row and gives its position.
    int add(Labels row, boolean fallsAway) {
      labels.add(row);
      nameFallsAway.add(fallsAway);
      return labels.size() - 1;
    }

    int size() {
      return labels.size();
    }

    Shape build() {
      boolean[] flags = new boolean[nameFallsAway.size()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = nameFallsAway.get(i);
      }
      return new Shape(labels.toArray(Labels[]::new), flags);
    }
  }
}
