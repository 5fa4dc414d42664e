package io.fleetward.rules.language;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a PromQL function takes and yields.
///
/// @param optional how many of the last parameters may be left out
/// @param variadic whether the last parameter may come any number of times
/// @param experimental whether Prometheus may still change it
public record Function(
    String name,
    List<ValueType> parameters,
    int optional,
    boolean variadic,
    ValueType returns,
    boolean experimental) {
  private static final ValueType V = ValueType.INSTANT_VECTOR;
  private static final ValueType R = ValueType.RANGE_VECTOR;
  private static final ValueType S = ValueType.SCALAR;
  private static final ValueType T = ValueType.STRING;
  private static final Map<String, Function> ALL = Collections.unmodifiableMap(table());

  public Function {
    parameters = List.copyOf(parameters);
  }

  public static Optional<Function> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /// Every function, by name.
  public static Map<String, Function> all() {
    return ALL;
  }

  private static Map<String, Function> table() {
    Map<String, Function> table = new TreeMap<>();
    for (String name :
        List.of(
            "abs",
            "ceil",
            "exp",
            "floor",
            "ln",
            "log10",
            "log2",
            "sqrt",
            "sgn",
            "deg",
            "rad",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh",
            "tanh",
            "asinh",
            "acosh",
            "atanh",
            "absent",
            "timestamp",
            "sort",
            "sort_desc",
            "histogram_avg",
            "histogram_count",
            "histogram_sum",
            "histogram_stddev",
            "histogram_stdvar")) {
      add(table, name, 0, false, V, false, V);
    }
    for (String name :
        List.of(
            "rate",
            "irate",
            "increase",
            "delta",
            "idelta",
            "deriv",
            "changes",
            "resets",
            "avg_over_time",
            "count_over_time",
            "last_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time",
            "absent_over_time")) {
      add(table, name, 0, false, V, false, R);
    }
    for (String name :
        List.of(
            "first_over_time",
            "mad_over_time",
            "ts_of_first_over_time",
            "ts_of_last_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time")) {
      add(table, name, 0, false, V, true, R);
    }
    for (String name :
        List.of(
            "minute",
            "hour",
            "day_of_week",
            "day_of_month",
            "day_of_year",
            "days_in_month",
            "month",
            "year")) {
      add(table, name, 1, false, V, false, V);
    }
    add(table, "clamp", 0, false, V, false, V, S, S);
    add(table, "clamp_max", 0, false, V, false, V, S);
    add(table, "clamp_min", 0, false, V, false, V, S);
    add(table, "round", 1, false, V, false, V, S);
    add(table, "histogram_fraction", 0, false, V, false, S, S, V);
    add(table, "histogram_quantile", 0, false, V, false, S, V);
    add(table, "histogram_quantiles", 0, true, V, true, V, T, S);
    add(table, "info", 1, false, V, true, V, V);
    add(table, "start_timestamp", 0, false, V, true, V);
    add(table, "label_replace", 0, false, V, false, V, T, T, T, T);
    add(table, "label_join", 1, true, V, false, V, T, T, T);
    add(table, "max_of", 0, false, S, true, S, S);
    add(table, "min_of", 0, false, S, true, S, S);
    add(table, "pi", 0, false, S, false);
    add(table, "predict_linear", 0, false, V, false, R, S);
    add(table, "double_exponential_smoothing", 0, false, V, true, R, S, S);
    add(table, "quantile_over_time", 0, false, V, false, S, R);
    add(table, "scalar", 0, false, S, false, V);
    add(table, "sort_by_label", 1, true, V, true, V, T);
    add(table, "sort_by_label_desc", 1, true, V, true, V, T);
    add(table, "time", 0, false, S, false);
    add(table, "vector", 0, false, V, false, S);
    for (String name : List.of("start", "end", "range", "step")) {
      add(table, name, 0, false, S, true);
    }
    return table;
  }

  private static void add(
      Map<String, Function> table,
      String name,
      int optional,
      boolean variadic,
      ValueType returns,
      boolean experimental,
      ValueType... parameters) {
    table.put(
        name,
        new Function(name, Arrays.asList(parameters), optional, variadic, returns, experimental));
  }
}
