package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.language.BinaryOperator;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.VectorMatching.Cardinality;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// An arithmetic operator or comparison between two vectors.
final class JoinNode extends VectorNode {
  private final Binary binary;
  private final VectorNode many;
  private final VectorNode one;
  private final Plan plan;
  private final MixedOperation mixed;

  /// For each match group the row of the "one" side that is there, or -1.
  private final int[] present;

  /// For each match group whether it gave a result already.
  private final boolean[] matched;

  private JoinNode(Binary binary, VectorNode many, VectorNode one, Plan plan, String place) {
    super(plan.shape());
    this.binary = binary;
    this.many = many;
    this.one = one;
    this.plan = plan;
    this.mixed = new MixedOperation(binary.operator(), binary.returnsBool(), place);
    this.present = new int[plan.matching().groups()];
    this.matched = new boolean[present.length];
  }

  /// Where results go.
  ///
  /// @param matching with the "many" side as its left
  /// @param rowOf for each row of the "many" side the rows of the result: one for all rows of the
  ///   "one" side, or one for each in the order of its group; empty if its group has none
  /// @param place for each row of the "one" side its position in its group
  /// @param filledOne for each row of the "many" side the row of the result when the "one" side is
  ///   filled in; empty if it never is
  /// @param filledMany the same for each row of the "one" side
  @SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
  private record Plan(
      Shape shape,
      Matching matching,
      int[][] rowOf,
      int[] place,
      int[] filledOne,
      int[] filledMany) {}

  /// @param place of the operation, for annotations
  static JoinNode of(
      Binary binary, VectorNode left, VectorNode right, NameRemoval removal, String place) {
    boolean swapped = isSwapped(binary);
    VectorNode many = swapped ? right : left;
    VectorNode one = swapped ? left : right;
    Plan plan = plan(binary, many.shape(), one.shape(), removal);
    return new JoinNode(binary, many, one, plan, place);
  }

  private static Plan plan(Binary binary, Shape many, Shape one, NameRemoval removal) {
    Matching matching = Matching.of(many, one, binary.matching());
    List<List<Integer>> ones = JoinShape.byGroup(matching.right(), matching.groups());
    JoinShape rows = new JoinShape(binary, removal);
    boolean rowForEach = !binary.matching().include().isEmpty();
    int[][] rowOf = new int[many.size()][];
    for (int row = 0; row < rowOf.length; row++) {
      List<Integer> partners = ones.get(matching.left()[row]);
      int count = rowForEach ? partners.size() : Math.min(1, partners.size());
      rowOf[row] = new int[count];
      for (int i = 0; i < count; i++) {
        Labels partner = rowForEach ? one.labels(partners.get(i)) : Labels.EMPTY;
        rowOf[row][i] = rows.add(many, row, partner);
      }
    }
    int[] place = new int[one.size()];
    for (List<Integer> group : ones) {
      for (int i = 0; rowForEach && i < group.size(); i++) {
        place[group.get(i)] = i;
      }
    }
    int[] filledOne = new int[fillOne(binary).isPresent() ? many.size() : 0];
    for (int row = 0; row < filledOne.length; row++) {
      filledOne[row] = rows.add(many, row, Labels.EMPTY);
    }
    int[] filledMany = new int[fillMany(binary).isPresent() ? one.size() : 0];
    for (int row = 0; row < filledMany.length; row++) {
      Labels shared = Matching.shared(one.labels(row), binary.matching());
      filledMany[row] = rows.addFilled(shared, one.labels(row));
    }
    return new Plan(rows.build(), matching, rowOf, place, filledOne, filledMany);
  }

  /// Whether the "many" side is the right one.
  static boolean isSwapped(Binary binary) {
    return binary.matching().cardinality() == Cardinality.ONE_TO_MANY;
  }

  /// What stands in for a missing "one" side: as in Prometheus, `fill_right`, on whichever side
  /// that is.
  private static OptionalDouble fillOne(Binary binary) {
    return binary.matching().fillRight();
  }

  private static OptionalDouble fillMany(Binary binary) {
    return binary.matching().fillLeft();
  }

  @Override
  void compute(Tick tick) {
    many.evaluate(tick);
    one.evaluate(tick);
    Arrays.fill(values, StaleMarker.VALUE);
    OptionalDouble fillOne = fillOne(binary);
    OptionalDouble fillMany = fillMany(binary);
    if ((isEmpty(many) && fillMany.isEmpty()) || (isEmpty(one) && fillOne.isEmpty())) {
      return;
    }
    findOnes();
    Arrays.fill(matched, false);
    for (int row = 0; row < many.size(); row++) {
      int group = plan.matching().left()[row];
      if (many.has(row) && present[group] >= 0) {
        int partner = present[group];
        int target = plan.rowOf()[row][plan.place()[partner]];
        join(many.values[row], one.values[partner], group, target, tick);
      } else if (many.has(row) && fillOne.isPresent()) {
        join(many.values[row], fillOne.getAsDouble(), group, plan.filledOne()[row], tick);
      }
    }
    for (int row = 0; fillMany.isPresent() && row < one.size(); row++) {
      int group = plan.matching().right()[row];
      if (one.has(row) && !matched[group]) {
        join(fillMany.getAsDouble(), one.values[row], group, plan.filledMany()[row], tick);
      }
    }
  }

  private static boolean isEmpty(VectorNode side) {
    for (int row = 0; row < side.size(); row++) {
      if (side.has(row)) {
        return false;
      }
    }
    return true;
  }

  private void findOnes() {
    Arrays.fill(present, -1);
    for (int row = 0; row < one.size(); row++) {
      if (one.has(row)) {
        int group = plan.matching().right()[row];
        if (present[group] >= 0) {
          throw duplicate(group, row);
        }
        present[group] = row;
      }
    }
  }

  private EvaluationException duplicate(int group, int row) {
    boolean swapped = isSwapped(binary);
    return new EvaluationException(
        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s];many-to-many matching not allowed: matching labels must be unique on one side"
            .formatted(
                LabelText.of(Matching.shared(one.shape().labels(row), binary.matching())),
                swapped ? "left" : "right",
                LabelText.of(one.shape().labels(present[group])),
                LabelText.of(one.shape().labels(row))));
  }

  private void join(double ofMany, double ofOne, int group, int target, Tick tick) {
    boolean swapped = isSwapped(binary);
    double left = swapped ? ofOne : ofMany;
    double right = swapped ? ofMany : ofOne;
    BinaryOperator operator = binary.operator();
    boolean isMixed = mixed.concerns(left, right);
    if (isMixed && !mixed.takes(left, right, tick)) {
      return;
    }
    boolean oneToOne = binary.matching().cardinality() == Cardinality.ONE_TO_ONE;
    if (oneToOne && matched[group]) {
      throw new EvaluationException(
          "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
    }
    matched[group] = true;
    double result =
        isMixed
            ? mixed.apply(left, right, tick)
            : Arithmetic.apply(operator, binary.returnsBool(), left, right);
    if (StaleMarker.is(result)) {
      return;
    }
    values[target] = result;
  }

  @Override
  String duplicateMessage() {
    return "multiple matches for labels: grouping labels must ensure unique matches";
  }
}
