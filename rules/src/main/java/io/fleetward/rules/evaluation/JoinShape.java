package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.language.BinaryOperator.Kind;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.VectorMatching;
import io.fleetward.rules.language.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows that an operator between two vectors may yield: a row of the "many" side with each row
/// of the "one" side that it may meet.
///
/// Where no labels come from the "one" side, all rows that a row of the "many" side may meet give
/// the same labels, and share one row here.
final class JoinShape {
  private static final int MAX_ROWS = 1_000_000;

  private final Binary binary;
  private final NameRemoval removal;
  private final VectorMatching matching;
  private final Shape.Builder rows = new Shape.Builder();

  JoinShape(Binary binary, NameRemoval removal) {
    this.binary = binary;
    this.removal = removal;
    this.matching = binary.matching();
  }

  /// Adds a row for what a row of the "many" side makes with one of the "one" side.
  int add(Shape many, int manyRow, Labels one) {
    if (rows.size() >= MAX_ROWS) {
      throw new EvaluationException("a join with more than a million possible results");
    }
    boolean losesName = binary.operator().kind() == Kind.ARITHMETIC || binary.returnsBool();
    Labels labels = labels(many.labels(manyRow), one);
    if (losesName && (removal == NameRemoval.AT_ONCE || !binary.returnsBool())) {
      labels = Shape.nameless(labels);
    }
    return rows.add(labels, losesName || many.nameFallsAway(manyRow));
  }

  /// Adds a row for a row of the "one" side that meets nothing but the value to fill in.
  int addFilled(Labels shared, Labels one) {
    return rows.add(labels(shared, one), false);
  }

  private Labels labels(Labels many, Labels one) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return matching.on() ? many.keep(matching.labels()) : many.without(matching.labels());
    }
    if (matching.include().isEmpty()) {
      return many;
    }
    Map<String, String> changed = new TreeMap<>(many.toMap());
    for (String name : matching.include()) {
      changed.put(name, one.value(name));
    }
    return Labels.from(changed);
  }

  Shape build() {
    return rows.build();
  }

  /// The rows of a side by match group.
  static List<List<Integer>> byGroup(int[] groupOf, int groups) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      rows.add(new ArrayList<>(1));
    }
    for (int row = 0; row < groupOf.length; row++) {
      rows.get(groupOf[row]).add(row);
    }
    return rows;
  }
}
