package io.fleetward.rules.testing;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.GoStrings;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.testing.ScriptCommand.Annotation;
import io.fleetward.rules.testing.ScriptCommand.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Prometheus' test scripts. Used once, by one thread.
final class ScriptParser {
  private static final Pattern LOAD =
      Pattern.compile("(?i)load(?<nhcb>_with_nhcb)?\\s+(?<step>\\S+)");
  private static final Pattern START = Pattern.compile("(?<series>\\S*)@st\\s+(?<offsets>.*)");
  private static final Pattern INSTANT =
      Pattern.compile(
          "(?i)eval(?<mode>_fail|_warn|_info|_ordered)?\\s+instant\\s+at\\s+(?<at>\\S+)\\s+(?<expr>.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "(?i)eval(?<mode>_fail|_warn|_info)?\\s+range\\s+from\\s+(?<from>\\S+)\\s+to\\s+(?<to>\\S+)"
              + "\\s+step\\s+(?<step>\\S+)\\s+(?<expr>.+)");
  private static final Pattern EXPECT =
      Pattern.compile(
          "expect\\s+(?<kind>fail|warn|no_warn|info|no_info|ordered)(?:\\s+(?<match>msg|regex)\\s*:(?<text>.*))?");
  private static final Pattern EXPECT_STRING = Pattern.compile("expect\\s+string\\s+(?<text>.*)");
  private static final Pattern EXPECT_RANGE =
      Pattern.compile(
          "expect\\s+range\\s+vector\\s+from\\s+(?<from>\\S+)\\s+to\\s+\\S+\\s+step\\s+(?<step>\\S+)");
  private static final Pattern LEGACY_FAIL =
      Pattern.compile("expected_fail_(?<match>message|regexp)\\s+(?<text>.*)");

  private static final int MAX_STEPS = 100_000;
  private static final long MAX_MILLIS = 100_000_000_000_000L;

  private final String file;
  private final List<String> lines;
  private int at;
  private String mark = "";
  private int values;

  ScriptParser(String file, String text) {
    this.file = file;
    this.lines = text.lines().map(String::strip).toList();
  }

  /// @throws InvalidTestException at the first line that is no command
  List<ScriptCommand> parse() {
    List<ScriptCommand> commands = new ArrayList<>();
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.startsWith("#@")) {
        mark = line.substring(2).strip();
      }
      if (line.isEmpty() || line.startsWith("#")) {
        at++;
      } else {
        commands.add(command(line));
      }
    }
    return commands;
  }

  private ScriptCommand command(String line) {
    Matcher load = LOAD.matcher(line);
    if (line.toLowerCase(Locale.ROOT).equals("clear")) {
      at++;
      return new ScriptCommand.Clear();
    }
    if (load.matches()) {
      return load(load);
    }
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      long time = millis(instant.group("at"));
      return eval(instant, time, time, 0);
    }
    Matcher range = RANGE.matcher(line);
    if (range.matches()) {
      return range(range);
    }
    throw new InvalidTestException(
        "%s:%d: no command: \"%s\"; write load, clear or eval".formatted(file, at + 1, line));
  }

  private ScriptCommand range(Matcher head) {
    long from = millis(head.group("from"));
    long to = millis(head.group("to"));
    long step = millis(head.group("step"));
    if (step <= 0 || (to - from) / step > MAX_STEPS) {
      throw new InvalidTestException(
          "%s:%d: a range of no step or of more than %d; write another step"
              .formatted(file, at + 1, MAX_STEPS));
    }
    return eval(head, from, to, step);
  }

  private ScriptCommand load(Matcher head) {
    at++;
    List<SeriesLine> series = new ArrayList<>();
    Map<Labels, StartOffsets> starts = new HashMap<>();
    Optional<StartOffsets> ofAll = Optional.empty();
    for (String line : block()) {
      try {
        Matcher start = START.matcher(line);
        if (!start.matches()) {
          SeriesLine one = SeriesLine.parse(line);
          values = one.countedWith(values);
          series.add(one);
          ofAll.ifPresent(offsets -> starts.putIfAbsent(one.labels(), offsets));
        } else if (start.group("series").isEmpty()) {
          ofAll = Optional.of(StartOffsets.parse(start.group("offsets")).repeated());
        } else {
          starts.put(
              SeriesLine.labels(start.group("series")), StartOffsets.parse(start.group("offsets")));
        }
      } catch (InvalidTestException e) {
        throw new InvalidTestException("%s:%d: %s".formatted(file, at, e.reason()));
      }
    }
    return new ScriptCommand.Load(
        millis(head.group("step")), series, starts, head.group("nhcb") != null);
  }

  /// The lines up to the next blank one or comment.
  private List<String> block() {
    List<String> block = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).isEmpty() && !lines.get(at).startsWith("#")) {
      block.add(lines.get(at++));
    }
    return block;
  }

  private ScriptCommand eval(Matcher head, long start, long end, long step) {
    String place = mark.isEmpty() ? file + ":" + (at + 1) : mark;
    mark = "";
    at++;
    String mode = head.group("mode") == null ? "" : head.group("mode").substring(1);
    return new ScriptCommand.Eval(
        place, head.group("expr"), start, end, step, expectation(mode, block()));
  }

  private Expectation expectation(String mode, List<String> block) {
    List<Annotation> annotations = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    Optional<String> string = Optional.empty();
    Optional<long[]> rangeVector = Optional.empty();
    boolean ordered = mode.equals("ordered");
    if (!mode.isEmpty() && !ordered) {
      annotations.add(new Annotation(mode, "", ""));
    }
    for (String line : block) {
      Matcher expect = EXPECT.matcher(line);
      Matcher range = EXPECT_RANGE.matcher(line);
      Matcher text = EXPECT_STRING.matcher(line);
      Matcher legacy = LEGACY_FAIL.matcher(line);
      if (expect.matches()) {
        ordered |= expect.group("kind").equals("ordered");
        annotations.add(annotation(expect));
      } else if (range.matches()) {
        long[] points = {millis(range.group("from")), millis(range.group("step"))};
        rangeVector = Optional.of(points);
      } else if (text.matches()) {
        string = Optional.of(unquoted(text.group("text")));
      } else if (legacy.matches()) {
        String match = legacy.group("match").equals("message") ? "msg" : "regex";
        annotations.add(new Annotation("fail", match, legacy.group("text")));
      } else {
        expected.add(line);
      }
    }
    return new Expectation(expected, annotations, ordered, string, rangeVector);
  }

  private static Annotation annotation(Matcher expect) {
    String match = expect.group("match") == null ? "" : expect.group("match");
    String text = expect.group("text") == null ? "" : expect.group("text").strip();
    return new Annotation(expect.group("kind"), match, text);
  }

  private String unquoted(String literal) {
    boolean isQuoted = literal.length() > 1 && literal.endsWith(literal.substring(0, 1));
    if (!isQuoted) {
      throw new InvalidTestException("%s:%d: no string: %s".formatted(file, at, literal));
    }
    char quote = literal.charAt(0);
    return GoStrings.unquote(literal.substring(1, literal.length() - 1), quote)
        .orElseThrow(
            () -> new InvalidTestException("%s:%d: no string: %s".formatted(file, at, literal)));
  }

  /// @throws InvalidTestException if it is no time within some thousand years
  private long millis(String text) {
    long millis = anyMillis(text);
    if (Math.abs(millis) > MAX_MILLIS) {
      throw new InvalidTestException("%s:%d: \"%s\" is too far away".formatted(file, at + 1, text));
    }
    return millis;
  }

  private long anyMillis(String text) {
    return PrometheusDuration.parse(text)
        .map(java.time.Duration::toMillis)
        .orElseGet(() ->
            Math.round(
                1000
                    * Numbers.parse(text)
                        .orElseThrow(() ->
                            new InvalidTestException(
                                "%s:%d: \"%s\" is no duration; write it like 5m"
                                    .formatted(file, at + 1, text)))));
  }
}
