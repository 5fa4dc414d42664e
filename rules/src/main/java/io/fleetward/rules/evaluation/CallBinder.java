package io.fleetward.rules.evaluation;

import io.fleetward.rules.evaluation.EvaluationSettings.NameRemoval;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.language.InfoSelector;
import io.fleetward.rules.language.ValueType;
import java.util.Comparator;
import java.util.List;

/// Binds function calls.
final class CallBinder {
  private final Binder binder;
  private final NameRemoval removal;

  CallBinder(Binder binder) {
    this.binder = binder;
    this.removal = binder.settings().nameRemoval();
  }

  Bound bind(Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function().name()) {
      case "time" -> number(tick -> tick.timeMillis() / 1000.0);
      case "pi" -> number(_ -> Math.PI);
      case "start" -> number(tick -> tick.startMillis() / 1000.0);
      case "end" -> number(tick -> tick.endMillis() / 1000.0);
      case "step" -> number(tick -> tick.stepMillis() / 1000.0);
      case "range" -> number(tick -> tick.rangeMillis() / 1000.0);
      case "min_of", "max_of" -> {
        ScalarNode left = binder.scalar(arguments.get(0));
        ScalarNode right = binder.scalar(arguments.get(1));
        yield call.function().name().equals("min_of")
            ? number(tick -> Math.min(left.evaluate(tick), right.evaluate(tick)))
            : number(tick -> Math.max(left.evaluate(tick), right.evaluate(tick)));
      }
      case "scalar" -> scalarOf(binder.vector(arguments.getFirst()));
      case "vector" -> Binder.single(binder.scalar(arguments.getFirst()));
      case "absent", "absent_over_time" ->
          AbsentNode.of(arguments.getFirst(), binder.bind(arguments.getFirst()));
      case "timestamp" -> {
        VectorNode vector = binder.vector(arguments.getFirst());
        yield binder.bound(new TimestampNode(vector, removal), vector);
      }
      case "sort" -> sorted(call, false);
      case "sort_desc" -> sorted(call, true);
      case "sort_by_label" -> sortedByLabel(call, arguments, false);
      case "sort_by_label_desc" -> sortedByLabel(call, arguments, true);
      case "label_replace" -> {
        VectorNode vector = binder.vector(arguments.getFirst());
        Shape shape = Relabelling.replaced(vector.shape(), strings(arguments));
        yield binder.bound(new RelabelledNode(vector, shape), vector);
      }
      case "label_join" -> {
        VectorNode vector = binder.vector(arguments.getFirst());
        Shape shape = Relabelling.joined(vector.shape(), strings(arguments));
        yield binder.bound(new RelabelledNode(vector, shape), vector);
      }
      case "histogram_quantile" -> histogramQuantile(call);
      case "histogram_fraction" ->
          new HistogramNode(
              subjects(arguments.get(2)),
              binder.scalar(arguments.get(0)),
              binder.scalar(arguments.get(1)),
              HistogramNode.FRACTION,
              binder.placeOf(arguments.get(2).place()),
              removal);
      case "histogram_quantiles" -> histogramQuantiles(call);
      case "histogram_avg",
          "histogram_count",
          "histogram_sum",
          "histogram_stddev",
          "histogram_stdvar" -> {
        VectorNode vector = binder.vector(arguments.getFirst());
        Shape shape = vector.shape().withoutNames(removal);
        yield binder.bound(
            new HistogramFunctionNode(
                shape, vector, HistogramFunctionNode.of(call.function().name())),
            vector);
      }
      case "info" -> info(call);
      case "start_timestamp" -> startTimestamp(arguments.getFirst());
      default -> ofRange(call) ? rangeCall(call) : elementCall(call);
    };
  }

  private static ScalarNode number(ScalarNode node) {
    return node;
  }

  private static boolean ofRange(Call call) {
    return call.function().parameters().contains(ValueType.RANGE_VECTOR);
  }

  private static List<String> strings(List<Expression> arguments) {
    return arguments.stream().skip(1).map(Binder::string).toList();
  }

  private static ScalarNode scalarOf(VectorNode vector) {
    return tick -> {
      vector.evaluate(tick);
      double found = Double.NaN;
      int count = 0;
      for (int row = 0; row < vector.size(); row++) {
        if (vector.hasNumber(row)) {
          found = vector.values[row];
          count++;
        }
      }
      return count == 1 ? found : Double.NaN;
    };
  }

  private VectorNode rangeCall(Call call) {
    List<Expression> arguments = call.arguments();
    String name = call.function().name();
    RangeFunctions function = RangeFunctions.of(name);
    boolean rangeIsLast = name.equals("quantile_over_time");
    RangeNode range = binder.range(rangeIsLast ? arguments.get(1) : arguments.get(0));
    ScalarNode first = Binder.NO_NUMBER;
    if (rangeIsLast) {
      first = checkedQuantile(arguments.getFirst());
    } else if (arguments.size() > 1) {
      first = binder.scalar(arguments.get(1));
    }
    ScalarNode second = arguments.size() > 2 ? binder.scalar(arguments.get(2)) : Binder.NO_NUMBER;
    boolean ofCounter = name.equals("rate") || name.equals("increase");
    String firstPlace = binder.placeOf(arguments.getFirst().place());
    String place = ofCounter && binder.mode().isAnnotated() ? firstPlace : "";
    if (binder.mode().isRich() || range instanceof ExtendedRangeNode) {
      return new MixedRangeCallNode(range, name, firstPlace, place, first, second, removal);
    }
    VectorNode node =
        new RangeCallNode(
            range, function, RangeFunctions.ofRuns(name), place, first, second, removal);
    if (!binder.mode().isAnnotated()) {
      range.forgetLabels();
    }
    return node;
  }

  private ScalarNode checkedQuantile(Expression argument) {
    ScalarNode quantile = binder.scalar(argument);
    String place = binder.placeOf(argument.place());
    return tick -> {
      double value = quantile.evaluate(tick);
      Annotations.checkQuantile(value, place, tick);
      return value;
    };
  }

  private VectorNode elementCall(Call call) {
    List<Expression> arguments = call.arguments();
    String name = call.function().name();
    VectorNode operand =
        arguments.isEmpty()
            ? Binder.single(tick -> tick.timeMillis() / 1000.0)
            : binder.vector(arguments.getFirst());
    ScalarNode first =
        arguments.size() > 1
            ? binder.scalar(arguments.get(1))
            : name.equals("round") ? _ -> 1 : Binder.NO_NUMBER;
    ScalarNode second = arguments.size() > 2 ? binder.scalar(arguments.get(2)) : Binder.NO_NUMBER;
    return binder.bound(
        new ElementNode(
            operand.shape().withoutNames(removal),
            operand,
            ElementFunctions.of(name),
            first,
            second),
        operand);
  }

  private VectorNode histogramQuantile(Call call) {
    return new HistogramNode(
        subjects(call.arguments().get(1)),
        checkedQuantile(call.arguments().getFirst()),
        Binder.NO_NUMBER,
        HistogramNode.QUANTILE,
        binder.placeOf(call.arguments().get(1).place()),
        removal);
  }

  private Subjects subjects(Expression vector) {
    return new Subjects(
        binder.vector(vector), binder.placeOf(vector.place()), binder.mode().isRich());
  }

  private VectorNode histogramQuantiles(Call call) {
    List<Expression> arguments = call.arguments();
    String label = Binder.string(arguments.get(1));
    if (label.isEmpty() || !GoStrings.isUtf8(label)) {
      throw new EvaluationException("invalid label name " + GoStrings.quote(label));
    }
    return binder.growing(
        new QuantilesNode(
            subjects(arguments.getFirst()),
            label,
            arguments.stream().skip(2).map(this::checkedQuantile).toList(),
            binder.knownValues(call),
            binder.placeOf(arguments.getFirst().place()),
            removal));
  }

  private VectorNode info(Call call) {
    VectorNode operand = binder.vector(call.arguments().getFirst());
    VectorSelector selector = InfoSelector.of(call);
    InfoSeries infos =
        new InfoSeries(
            binder.input(selector),
            binder.found(selector),
            InfoSeries.shifts(call.arguments().getFirst()),
            binder.settings().lookBackMillis());
    return binder.growing(new InfoNode(call, operand, infos, binder.knownValues(call)));
  }

  private VectorNode startTimestamp(Expression argument) {
    VectorNode vector = binder.vector(argument);
    return binder.bound(new StartTimestampNode(vector, removal), vector);
  }

  private VectorNode sorted(Call call, boolean descending) {
    VectorNode operand = binder.vector(call.arguments().getFirst());
    return SortNode.byValue(operand, descending, binder.placeOf(call.place()));
  }

  private VectorNode sortedByLabel(Call call, List<Expression> arguments, boolean descending) {
    VectorNode operand = binder.vector(arguments.getFirst());
    List<String> names = strings(arguments);
    Comparator<Integer> order =
        (one, other) -> {
          for (String name : names) {
            int compared =
                NaturalOrder.compare(
                    operand.shape().labels(one).value(name),
                    operand.shape().labels(other).value(name));
            if (compared != 0) {
              return compared;
            }
          }
          return operand.shape().labels(one).compareTo(operand.shape().labels(other));
        };
    String place = binder.placeOf(call.place());
    return SortNode.by(operand, descending ? order.reversed() : order, place);
  }
}
