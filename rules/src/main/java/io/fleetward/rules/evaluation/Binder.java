package io.fleetward.rules.evaluation;

import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.AggregationOperator;
import io.fleetward.rules.language.BinaryOperator.Kind;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.StringLiteral;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.Unary;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.language.TimeSpan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Binds an expression to the series of a store. Used once, by one thread.
final class Binder {
  static final ScalarNode NO_NUMBER = _ -> 0;

  private final PreparedQuery query;
  private final Layout layout;
  private final BindingMode mode;
  private final EvaluationSettings settings;
  private final IdentityHashMap<Expression, KnownValues> knownValues;
  private final List<Growing> growing = new ArrayList<>();

  /// What the expressions around the one being bound read of histograms.
  private Reading reading = Reading.ROOT;

  /// @param knownValues the values that became labels so far, for each expression that does so
  Binder(
      PreparedQuery query,
      Layout layout,
      IdentityHashMap<Expression, KnownValues> knownValues,
      BindingMode mode) {
    this.mode = mode;
    this.query = query;
    this.layout = layout;
    this.settings = query.settings();
    this.knownValues = knownValues;
  }

  static IdentityHashMap<Expression, KnownValues> noValues() {
    return new IdentityHashMap<>(1);
  }

  BindingMode mode() {
    return mode;
  }

  /// Lets an operand forget its labels once a node was bound to it.
  <T> T bound(T node, VectorNode... operands) {
    for (VectorNode operand : operands) {
      if (!mode.isAnnotated()) {
        operand.forgetLabels();
      }
    }
    return node;
  }

  List<Growing> growing() {
    return growing;
  }

  /// Keeps a node in mind that may need more rows than it has.
  <T extends Growing> T growing(T node) {
    growing.add(node);
    return node;
  }

  /// The values that became labels so far.
  KnownValues knownValues(Expression expression) {
    return knownValues.computeIfAbsent(expression, _ -> new KnownValues());
  }

  EvaluationSettings settings() {
    return settings;
  }

  Bound bind(Expression expression) {
    Reading outer = reading;
    reading = reading.within(expression);
    Bound bound = node(expression);
    reading = outer;
    return bound;
  }

  private Bound node(Expression expression) {
    return switch (expression) {
      case Expression.NumberLiteral number -> constant(number.value());
      case StringLiteral string -> new Bound.Text(string.value());
      case VectorSelector selector -> selector(selector);
      case RangeSelector range -> range(range.range(), range.selector());
      case Subquery subquery -> subquery(subquery);
      case Unary unary -> unary(unary);
      case Binary binary -> binary(binary);
      case Aggregation aggregation -> aggregation(aggregation);
      case Call call -> new CallBinder(this).bind(call);
      case Expression.Parentheses parentheses -> bind(parentheses.inner());
    };
  }

  private static ScalarNode constant(double value) {
    return _ -> value;
  }

  private VectorNode selector(VectorSelector selector) {
    int input = input(selector);
    Shape shape = layout.shape(input);
    long lookBack = settings.lookBackMillis();
    if (selector.edges() != Edges.PLAIN) {
      String place = placeOf(selector.place());
      return new SmoothedSelectorNode(input, shape, selector.shift(), lookBack, place);
    }
    return mode.isRich() && reading.isOfTotals()
        ? new TotalsSelectorNode(input, shape, selector.shift(), lookBack)
        : new SelectorNode(input, shape, selector.shift(), lookBack);
  }

  private RangeNode range(TimeSpan range, VectorSelector selector) {
    int input = input(selector);
    Shape shape = layout.shape(input);
    if (selector.edges() != Edges.PLAIN) {
      return new ExtendedRangeNode(
          input, shape, range, selector.shift(), selector.edges(), settings.lookBackMillis());
    }
    RangeSelectorNode node = new RangeSelectorNode(input, shape, range, selector.shift());
    return mode.isRich() && reading.isOfTotals() ? new TotalsRangeNode(node) : node;
  }

  /// The position of a selector among those of the expression.
  int input(VectorSelector selector) {
    return query.selectors().indexOf(selector);
  }

  /// What a selector finds.
  Shape found(VectorSelector selector) {
    return layout.shape(input(selector));
  }

  VectorNode vector(Expression expression) {
    if (bind(expression) instanceof VectorNode vector) {
      return vector;
    }
    throw new IllegalArgumentException("no instant vector: " + expression.type());
  }

  RangeNode range(Expression expression) {
    if (bind(expression) instanceof RangeNode range) {
      return range;
    }
    throw new IllegalArgumentException("no range vector: " + expression.type());
  }

  ScalarNode scalar(Expression expression) {
    if (bind(expression) instanceof ScalarNode scalar) {
      return scalar;
    }
    throw new IllegalArgumentException("no scalar: " + expression.type());
  }

  static String string(Expression expression) {
    if (expression.bare() instanceof StringLiteral string) {
      return string.value();
    }
    throw new IllegalArgumentException("no string: " + expression.type());
  }

  /// Line and column of a place, as annotations give them.
  String placeOf(Place place) {
    SyntaxProblem problem = SyntaxProblem.at(query.text(), place, "");
    return problem.line() + ":" + problem.column();
  }

  private SubqueryNode subquery(Subquery subquery) {
    VectorNode inner = vector(subquery.inner());
    return bound(new SubqueryNode(inner, subquery, settings.defaultStepMillis()), inner);
  }

  private Bound unary(Unary unary) {
    Bound operand = bind(unary.operand());
    if (!unary.negative()) {
      return operand;
    }
    if (operand instanceof ScalarNode scalar) {
      ScalarNode negated = tick -> -scalar.evaluate(tick);
      return negated;
    }
    VectorNode vector = vector(unary.operand());
    Shape shape = vector.shape().withoutNames(settings.nameRemoval());
    return bound(new NegationNode(shape, vector), vector);
  }

  private Bound binary(Binary binary) {
    Bound left = bind(binary.left());
    Bound right = bind(binary.right());
    if (left instanceof ScalarNode a && right instanceof ScalarNode b) {
      ScalarNode result =
          tick ->
              Arithmetic.apply(
                  binary.operator(), binary.returnsBool(), a.evaluate(tick), b.evaluate(tick));
      return result;
    }
    if (left instanceof VectorNode vector && right instanceof ScalarNode scalar) {
      return vectorScalar(binary, vector, scalar, false);
    }
    if (left instanceof ScalarNode scalar && right instanceof VectorNode vector) {
      return vectorScalar(binary, vector, scalar, true);
    }
    if (left instanceof VectorNode a && right instanceof VectorNode b) {
      return binary.operator().kind() == Kind.SET
          ? bound(new SetNode(binary.operator(), a, b, binary.matching()), a, b)
          : bound(
              JoinNode.of(binary, a, b, settings.nameRemoval(), placeOf(binary.place())),
              JoinNode.isSwapped(binary) ? b : a);
    }
    throw new IllegalArgumentException("operator on a range or a string");
  }

  private VectorNode vectorScalar(
      Binary binary, VectorNode vector, ScalarNode scalar, boolean scalarIsLeft) {
    boolean keepsName = binary.operator().kind() != Kind.ARITHMETIC && !binary.returnsBool();
    Shape shape = keepsName ? vector.shape() : vector.shape().withoutNames(settings.nameRemoval());
    return bound(
        new VectorScalarNode(
            shape,
            vector,
            scalar,
            binary.operator(),
            binary.returnsBool(),
            scalarIsLeft,
            placeOf(binary.place())),
        vector);
  }

  private VectorNode aggregation(Aggregation aggregation) {
    VectorNode operand = vector(aggregation.operand());
    Groups groups = Groups.of(operand.shape(), aggregation);
    AggregationOperator operator = aggregation.operator();
    Expression parameter = aggregation.parameter();
    if (operator == AggregationOperator.COUNT_VALUES && parameter != null) {
      return countValues(aggregation, operand, groups, string(parameter));
    }
    ScalarNode number = parameter == null ? NO_NUMBER : scalar(parameter);
    String place = placeOf(parameter == null ? aggregation.place() : parameter.place());
    if (operator.selects()) {
      return new SelectionNode(
          operator, operand, groups, number, place, placeOf(aggregation.place()));
    }
    if (mode.isRich()) {
      String ofOperand = placeOf(aggregation.operand().place());
      return new MixedAggregateNode(operator, operand, groups, number, place, ofOperand);
    }
    return bound(new AggregateNode(operator, operand, groups, number, place), operand);
  }

  private VectorNode countValues(
      Aggregation aggregation, VectorNode operand, Groups groups, String label) {
    if (label.isEmpty() || !GoStrings.isUtf8(label)) {
      throw new EvaluationException("invalid label name " + GoStrings.quote(label));
    }
    return growing(CountValuesNode.of(operand, groups, label, knownValues(aggregation)));
  }

  /// A vector of one row without labels.
  static VectorNode single(ScalarNode scalar) {
    return new VectorNode(Shape.ONE) {
      @Override
      void compute(Tick tick) {
        double value = scalar.evaluate(tick);
        values[0] = StaleMarker.is(value) ? Double.NaN : value;
      }
    };
  }
}
