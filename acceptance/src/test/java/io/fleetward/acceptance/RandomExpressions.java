package io.fleetward.acceptance;

import java.util.List;
import java.util.random.RandomGenerator;

/// Makes up PromQL expressions on the series of [RandomSeries] that Prometheus 2.42 and 3.x are to
/// answer alike. What is left out, because the two differ on purpose or in the last digits:
/// - a subquery with an evaluation on its left edge, which 3.0 leaves out: steps never divide the
///   distance;
/// - averages, deviations and quantiles of what may be infinite or no number: 3.x tells more of
///   them apart, so these are taken of plain series only;
/// - the date of what may be infinite, which depends on the processor;
/// - `atan2`, which keeps the metric name in 2.42;
/// - `histogram_fraction` of classic buckets, and syntax that only 3.x knows;
/// - `predict_linear` of a pinned range within a subquery, where 2.42 differs for a reason not yet
///   known;
/// - one-to-one comparisons that filter: 3.x refuses a second match even where the comparison keeps
///   it back, 2.42 does not;
/// - experimental functions, and `topk` of values that may be equal;
/// - negative offsets: promtool has not yet appended what they look at.
final class RandomExpressions {
  private static final List<String> RANGES = List.of("1m", "2m", "5m", "7m", "10m");
  private static final List<Integer> STEPS = List.of(7, 11, 13, 17, 19, 23);

  private final RandomGenerator random;
  private final int evalSeconds;

  /// @param evalSeconds when the expressions are to be evaluated, whole minutes
  RandomExpressions(RandomGenerator random, int evalSeconds) {
    this.random = random;
    this.evalSeconds = evalSeconds;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String number() {
    return pick("0", "1", "2", "0.5", "-3", "10.25", "1e3", "17");
  }

  /// An expression that yields a vector.
  String vector(int depth) {
    if (depth == 0) {
      return leaf();
    }
    int deeper = depth - 1;
    return switch (random.nextInt(15)) {
      case 0 -> leaf();
      case 1, 2 ->
          "%s%s (%s)".formatted(pick("sum", "min", "max", "count"), grouping(), vector(deeper));
      case 3 -> "%s%s (%s)".formatted(pick("avg", "group", "stddev", "stdvar"), grouping(), leaf());
      case 4 ->
          "%s%s (%s, %s)"
              .formatted(pick("topk", "bottomk"), grouping(), pick("1", "2", "4"), "temperature");
      case 5 ->
          random.nextBoolean()
              ? "quantile%s (%s, %s)".formatted(grouping(), pick("0.1", "0.5", "2"), leaf())
              : "count_values%s (\"v\", floor(temperature / 10))".formatted(grouping());
      case 6 -> function(vector(deeper));
      case 7 -> "(%s %s %s)".formatted(vector(deeper), arithmetic(), scalar(deeper));
      case 8 -> "(%s %s %s)".formatted(scalar(deeper), arithmetic(), vector(deeper));
      case 9 ->
          "(%s %s%s %s)".formatted(vector(deeper), comparison(), pick("", " bool"), scalar(deeper));
      case 10 -> join(deeper);
      case 11 ->
          "(%s %s%s %s)"
              .formatted(
                  vector(deeper),
                  pick("and", "or", "unless"),
                  pick("", " on (instance)", " on (job, instance)", " ignoring (code)", " on ()"),
                  vector(deeper));
      case 12 -> relabelled(vector(deeper));
      case 13 -> subquery(deeper);
      default -> pick("-", "absent", "timestamp") + "(" + vector(deeper) + ")";
    };
  }

  private String scalar(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "time()";
      case 1 -> "scalar(%s)".formatted(vector(Math.max(0, depth - 1)));
      case 2 -> "(%s %s %s)".formatted(number(), arithmetic(), number());
      default -> number();
    };
  }

  private String arithmetic() {
    return pick("+", "-", "*", "/", "%", "^");
  }

  private String comparison() {
    return pick("==", "!=", "<", ">", "<=", ">=");
  }

  private String grouping() {
    return pick(
        "",
        " by (instance)",
        " by (job, code)",
        " without (instance)",
        " without (code, le)",
        " by (none)",
        " by ()");
  }

  /// Something finite that was read from plain series.
  private String leaf() {
    return switch (random.nextInt(5)) {
      case 0 -> instant("requests_total");
      case 1 -> instant(pick("temperature", "size", "up"));
      case 2, 3 ->
          "%s(%s)".formatted(pick("rate", "increase", "irate", "resets"), range("requests_total"));
      default -> overTime();
    };
  }

  private String overTime() {
    String gauge = range(pick("temperature", "size"));
    return switch (random.nextInt(5)) {
      case 0 -> "quantile_over_time(%s, %s)".formatted(pick("0", "0.3", "0.9"), gauge);
      case 1 -> "predict_linear(%s, %s)".formatted(gauge, pick("0", "60", "3600"));
      case 2 -> "%s(%s)".formatted(pick("deriv", "delta", "idelta", "changes"), gauge);
      default ->
          "%s_over_time(%s)"
              .formatted(
                  pick("avg", "min", "max", "sum", "count", "last", "present", "stddev", "stdvar"),
                  gauge);
    };
  }

  private String matchers() {
    return pick(
        "",
        "",
        "{job=\"a\"}",
        "{instance!=\"2\"}",
        "{instance=~\"1|3\"}",
        "{instance!~\"[12]\"}",
        "{code=\"\"}",
        "{job=~\"b.*\",instance=\"1\"}",
        "{job=\"nowhere\"}");
  }

  private String moved() {
    return switch (random.nextInt(8)) {
      case 0 -> " offset " + pick("30s", "1m", "4m");
      case 1 -> " @ " + pick("300", "600", "905");
      default -> "";
    };
  }

  private String instant(String name) {
    return name + matchers() + moved();
  }

  private String range(String name) {
    return "%s%s[%s]%s".formatted(name, matchers(), pick(RANGES), moved());
  }

  private String function(String argument) {
    return switch (random.nextInt(6)) {
      case 0 -> "clamp(%s, -10, 1000)".formatted(argument);
      case 1 -> "%s(%s, 5)".formatted(pick("clamp_min", "clamp_max", "round"), argument);
      case 2 ->
          "%s(%s)"
              .formatted(
                  pick("hour", "minute", "month", "year", "day_of_week", "days_in_month"), leaf());
      case 3 ->
          "histogram_quantile(%s, %s)"
              .formatted(
                  pick("0.5", "0.99", "-1", "1"),
                  pick(
                      "latency_bucket",
                      "rate(latency_bucket[5m])",
                      "sum by (le) (rate(latency_bucket[10m]))"));
      default ->
          "%s(%s)"
              .formatted(
                  pick("abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn", "deg"),
                  argument);
    };
  }

  private String relabelled(String argument) {
    return switch (random.nextInt(3)) {
      case 0 -> "label_replace(%s, \"to\", \"x-$1\", \"instance\", \"([12])\")".formatted(argument);
      case 1 -> "label_replace(%s, \"job\", \"\", \"job\", \".*\")".formatted(argument);
      default -> "label_join(%s, \"to\", \"-\", \"job\", \"instance\")".formatted(argument);
    };
  }

  private String join(int depth) {
    boolean isArithmetic = random.nextBoolean();
    String operator = isArithmetic ? arithmetic() : comparison() + pick("", " bool");
    String oneToOne = isArithmetic ? operator : comparison() + " bool";
    return switch (random.nextInt(4)) {
      case 0 -> "(%s %s on (instance) group_left size)".formatted(vector(depth), operator);
      case 1 -> "(size %s on (instance) group_right (job) %s)".formatted(operator, vector(depth));
      case 2 -> "(%s %s ignoring (code) %s)".formatted(vector(depth), oneToOne, vector(depth));
      default -> "(%s %s %s)".formatted(vector(depth), oneToOne, vector(depth));
    };
  }

  private String subquery(int depth) {
    int range = 60 * random.nextInt(2, 8);
    int step = STEPS.get(random.nextInt(STEPS.size()));
    while ((evalSeconds - range) % step == 0) {
      step = STEPS.get(random.nextInt(STEPS.size()));
    }
    return "%s_over_time((%s)[%ds:%ds])"
        .formatted(
            pick("max", "min", "sum", "count", "last", "present"),
            withoutSubquery(depth),
            range,
            step);
  }

  /// Subqueries do not nest here: the inner one would meet its edge at some of the outer's steps.
  /// Promtool before 2.50 moves the range of `predict_linear(… @ …)` on with each step, so that its
  /// samples fall out one after the other (prometheus/prometheus#11708).
  private String withoutSubquery(int depth) {
    String inner = vector(depth);
    while (inner.contains("s:") || (inner.contains("predict_linear") && inner.contains("@"))) {
      inner = vector(depth);
    }
    return inner;
  }
}
