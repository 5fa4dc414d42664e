package io.fleetward.rules.language;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.language.Expression.At;
import io.fleetward.rules.language.Expression.Binary;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.NumberLiteral;
import io.fleetward.rules.language.Expression.Parentheses;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.StringLiteral;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.Unary;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.VectorMatching.Cardinality;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes expressions, on one line, so that parsing gives the same tree again.
public final class Printer {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private Printer() {}

  public static String print(Expression expression) {
    return switch (expression) {
      case NumberLiteral number -> number(number);
      case StringLiteral string -> GoStrings.quote(string.value());
      case VectorSelector selector ->
          selector(selector) + edges(selector) + shift(selector.shift());
      case RangeSelector(_, VectorSelector selector, TimeSpan range) ->
          "%s[%s]%s%s"
              .formatted(selector(selector), span(range), edges(selector), shift(selector.shift()));
      case Subquery(_, Expression inner, TimeSpan range, TimeSpan step, Shift shift) ->
          "%s[%s:%s]%s"
              .formatted(print(inner), span(range), step == null ? "" : span(step), shift(shift));
      case Unary(_, boolean negative, Expression operand) ->
          (negative ? "-" : "+") + print(operand);
      case Binary binary -> binary(binary);
      case Aggregation aggregation -> aggregation(aggregation);
      case Call(_, Function function, List<Expression> arguments) ->
          "%s(%s)".formatted(function.name(), list(arguments));
      case Parentheses(_, Expression inner) -> "(" + print(inner) + ")";
    };
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(Printer::print).collect(Collectors.joining(", "));
  }

  private static String number(NumberLiteral literal) {
    if (literal.isDuration() && literal.value() >= 0) {
      return PrometheusDuration.format(Duration.ofMillis(Math.round(literal.value() * 1000)));
    }
    return number(literal.value());
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    boolean isLong = Math.abs(digits.scale()) > 25 || digits.precision() - digits.scale() > 25;
    return isLong ? digits.toString().toLowerCase(Locale.ROOT) : digits.toPlainString();
  }

  /// A selector without offset and `@`, name first.
  public static String selector(VectorSelector selector) {
    boolean plainName = METRIC_NAME.matcher(selector.metricName()).matches();
    String conditions =
        selector.matchers().stream()
            .filter(matcher -> !plainName || !isName(matcher, selector.metricName()))
            .map(Printer::condition)
            .collect(Collectors.joining(","));
    String name = plainName ? selector.metricName() : "";
    return conditions.isEmpty() && !name.isEmpty() ? name : name + "{" + conditions + "}";
  }

  private static boolean isName(LabelMatcher matcher, String name) {
    return matcher.name().equals(Labels.METRIC_NAME)
        && matcher.operator() == LabelMatcher.Operator.EQUAL
        && matcher.value().equals(name);
  }

  private static String condition(LabelMatcher matcher) {
    return label(matcher.name()) + matcher.operator().sign() + GoStrings.quote(matcher.value());
  }

  private static String label(String name) {
    return LABEL_NAME.matcher(name).matches() ? name : GoStrings.quote(name);
  }

  private static String labels(List<String> names) {
    return names.stream().map(Printer::label).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String edges(VectorSelector selector) {
    return selector.edges() == Edges.PLAIN
        ? ""
        : " " + selector.edges().name().toLowerCase(Locale.ROOT);
  }

  private static String shift(Shift shift) {
    String at =
        switch (shift.at()) {
          case At.Tick() -> "";
          case At.Fixed(long millis) ->
              " @ " + BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
          case At.Start() -> " @ start()";
          case At.End() -> " @ end()";
        };
    boolean isThere = !shift.offset().equals(TimeSpan.Fixed.ZERO);
    return at + (isThere ? " offset " + span(shift.offset()) : "");
  }

  private static String span(TimeSpan span) {
    return switch (span) {
      case TimeSpan.Fixed(long millis) -> PrometheusDuration.format(Duration.ofMillis(millis));
      case TimeSpan.Step() -> "step()";
      case TimeSpan.Range() -> "range()";
      case TimeSpan.Negated(TimeSpan inner) -> "-(" + span(inner) + ")";
      case TimeSpan.Computed(var operation, TimeSpan left, TimeSpan right)
          when operation == TimeSpan.Operation.LEAST || operation == TimeSpan.Operation.GREATEST ->
          "%s(%s, %s)".formatted(operation.sign(), span(left), span(right));
      case TimeSpan.Computed(var operation, TimeSpan left, TimeSpan right) ->
          "(%s %s %s)".formatted(span(left), operation.sign(), span(right));
    };
  }

  private static String binary(Binary binary) {
    VectorMatching matching = binary.matching();
    StringBuilder sign = new StringBuilder(binary.operator().sign());
    sign.append(binary.returnsBool() ? " bool" : "");
    boolean groups =
        matching.cardinality() == Cardinality.MANY_TO_ONE
            || matching.cardinality() == Cardinality.ONE_TO_MANY;
    if (matching.on() || !matching.labels().isEmpty() || groups) {
      sign.append(matching.on() ? " on " : " ignoring ").append(labels(matching.labels()));
    }
    if (groups) {
      sign.append(
          matching.cardinality() == Cardinality.MANY_TO_ONE ? " group_left " : " group_right ");
      sign.append(labels(matching.include()));
    }
    sign.append(fill("fill_left", matching.fillLeft()));
    sign.append(fill("fill_right", matching.fillRight()));
    return "%s %s %s".formatted(left(binary), sign, print(binary.right()));
  }

  /// What stands left of an operator. The sign of `+Inf` would be read as applied to the power.
  private static String left(Binary binary) {
    return binary.operator() == BinaryOperator.POWER
            && binary.left() instanceof NumberLiteral(_, double value, _)
            && value == Double.POSITIVE_INFINITY
        ? "Inf"
        : print(binary.left());
  }

  private static String fill(String word, OptionalDouble value) {
    return value.isPresent() ? " %s (%s)".formatted(word, number(value.getAsDouble())) : "";
  }

  private static String aggregation(Aggregation aggregation) {
    String grouping =
        aggregation.without()
            ? " without %s ".formatted(labels(aggregation.labels()))
            : aggregation.labels().isEmpty()
                ? ""
                : " by %s ".formatted(labels(aggregation.labels()));
    String parameter = aggregation.parameter() == null ? "" : print(aggregation.parameter()) + ", ";
    return "%s%s(%s%s)"
        .formatted(
            aggregation.operator().word(), grouping, parameter, print(aggregation.operand()));
  }
}
