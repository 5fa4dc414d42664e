package io.fleetward.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
  private static final List<String> WORDS =
      List.of(
          "up",
          "node_cpu_seconds_total",
          "sum",
          "by",
          "without",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "5m",
          "1h30m",
          ":",
          "offset",
          "@",
          "start()",
          "on",
          "ignoring",
          "group_left",
          "bool",
          "+",
          "-",
          "*",
          "/",
          "^",
          "%",
          "==",
          "!=",
          "=~",
          "!~",
          ">",
          "and",
          "or",
          "unless",
          "\"a.*\"",
          "'x'",
          "`y`",
          "1",
          "0x1f",
          "1e3",
          ".5",
          "NaN",
          "Inf",
          "rate",
          "topk",
          "label_replace",
          ",",
          "job",
          "=",
          "#c\n",
          "fill",
          "smoothed",
          "step()",
          "\\",
          "\"",
          "é");

  private static Expression valid(String text) {
    return switch (PromQl.parse(text, Dialect.EXPERIMENTAL)) {
      case Parsed.Valid(Expression expression) -> expression;
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          throw new AssertionError(text + ": " + problems);
    };
  }

  private static SyntaxProblem problem(String text) {
    return switch (PromQl.parse(text, Dialect.STABLE)) {
      case Parsed.Valid(Expression expression) ->
          throw new AssertionError(text + " parses as " + Printer.print(expression));
      case Parsed.Invalid(List<SyntaxProblem> problems) -> problems.getFirst();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1 ^ 2",
        "a + b * c ^ d ^ e",
        "sum by (a, b) (rate(x{a=\"b\",c!~\"d|e\"}[5m] offset 1w))",
        "topk without (x) (5, up) > bool 3",
        "a * on (x) group_left (y) b",
        "a and ignoring () b unless c or d",
        "max_over_time(rate(x[1m])[1h:30s] @ end() offset -5m)",
        "{\"quoted.name\",\"label.x\"=\"y\"}",
        "x @ 1.5 offset 3m",
        "vector(0x1F) + 1e3 + .5 - Inf",
        "-+Inf ^ Inf ^ x",
        "count_values(\"v\", x) / 5m",
        "increase(x[1m] anchored) + y smoothed",
        "x[step() + 30s:max_of(1m, range())]",
      })
  void printingParsesAsTheSameTree(String text) {
    String printed = Printer.print(valid(text));
    assertThat(Printer.print(valid(printed))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sum(x | 1:6 | unexpected end of input in arguments, expected \",\"",
        "foo{a=b} | 1:7 | unexpected \"b\" in label matching, expected string",
        "1 == 2 | 1:1 | comparisons between scalars must use BOOL modifier",
        "x + \"a\" | 1:5 | binary expression must contain only scalar and instant vector types",
        "rate(x) | 1:6 | expected type range vector in call to function \"rate\", got instant vector",
        "nope(x) | 1:1 | unknown function with name \"nope\"",
        "x and 5 | 1:1 | set operator \"and\" not allowed in binary scalar expression",
        "{a=\"\"} | 1:1 | vector selector must contain at least one non-empty matcher; add a metric name",
        "x[5] [5] | 1:1 | ranges only allowed for vector selectors; write [5m:] for a subquery of an expression",
        "x{a=~\"(\"} | 1:6 | \"(\" is not a valid RE2 expression: missing closing )",
        "5m30 | 1:1 | not a valid duration string: \"5m30\"; units go from years to ms: 1h30m",
        "limitk(2, x) | 1:1 | limitk() is experimental and not enabled",
      })
  void problemsSayWhereAndWhat(String text, String place, String message) {
    SyntaxProblem problem = problem(text);
    assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    assertThat(problem.message()).isEqualTo(message);
  }

  @Test
  void aCaretStandsUnderThePlace() {
    String text = "sum(\n  rate(x)\n)";
    assertThat(problem(text).caret(text)).isEqualTo("  rate(x)\n       ^");
  }

  @Test
  void nestingAndLengthHaveLimits() {
    assertThat(problem("(".repeat(5000) + "x" + ")".repeat(5000)).message())
        .contains("nested deeper");
    assertThat(problem("x" + " + x".repeat(5000)).message()).contains("nested deeper");
    assertThat(problem("x" + " ".repeat(300_000)).message()).contains("longer than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "(",
        "2^",
        "sum(",
        "topk(1,",
        "x[(",
        "x[-",
        "x[1+",
        "x offset (",
        "x offset -",
        "x @ (",
        "rate(x[5m:",
        "x{a=~\"(\",",
        "x + on (",
        "x fill (",
        "max_of(",
        "x[max_of("
      })
  void openEndsDoNotExhaustTheStack(String opening) {
    assertThat(PromQl.parse(opening.repeat(200_000 / opening.length()), Dialect.EXPERIMENTAL))
        .isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void subqueriesOfSubqueriesDoNotExhaustTheStack() {
    assertThat(PromQl.parse("x" + "[1m:]".repeat(40_000), Dialect.EXPERIMENTAL))
        .isInstanceOf(Parsed.Invalid.class);
    String pattern = "(".repeat(60_000) + ")".repeat(60_000);
    assertThat(PromQl.parse("x{a=~\"" + pattern + "\"}", Dialect.STABLE))
        .isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void anyTextIsReadOrRefused() {
    long seed = Long.getLong("fleetward.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(1, 25);
      for (int word = 0; word < length; word++) {
        boolean isWord = random.nextInt(10) > 0;
        text.append(
            isWord
                ? WORDS.get(random.nextInt(WORDS.size()))
                : Character.toString(random.nextInt(1, 0x300)));
        text.append(random.nextBoolean() ? " " : "");
      }
      try {
        check(text.toString());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d: \"%s\"".formatted(seed, text), e);
      }
    }
  }

  private static void check(String text) {
    switch (PromQl.parse(text, Dialect.EXPERIMENTAL)) {
      case Parsed.Valid(Expression expression) -> {
        String printed = Printer.print(expression);
        assertThat(Printer.print(valid(printed))).isEqualTo(printed);
      }
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          assertThat(problems.getFirst().caret(text)).contains("^");
    }
  }
}
