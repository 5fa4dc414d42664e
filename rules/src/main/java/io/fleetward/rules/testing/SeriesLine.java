package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramSum;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.language.Selectors;
import io.fleetward.rules.language.Selectors.InvalidSelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A series in the notation of Prometheus' tests: `up{job="node"} 1 _x3 0+2x10 stale`.
///
/// @param values one for each step
public record SeriesLine(Labels labels, List<Value> values) {
  private static final String NUMBER =
      "[+-]?(?:[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?"
          + "|\\.[0-9]+(?:[eE][+-]?[0-9]+)?|[iI]nf|[nN]a[nN])";
  private static final Pattern ITEM =
      Pattern.compile(
          "(?<first>%s)(?<increment>%s)?(?:x(?<times>[0-9]+))?"
              .formatted(NUMBER, NUMBER.replace("[+-]?(", "[+-](")));
  private static final Pattern GAP = Pattern.compile("_(?:x(?<times>[0-9]+))?");
  private static final Pattern HISTOGRAM =
      Pattern.compile(
          "\\{\\{(?<first>[^{}]*)\\}\\}(?:(?<sign>[+-])\\{\\{(?<increment>[^{}]*)\\}\\})?"
              + "(?:x(?<times>[0-9]+))?(?=\\s|$)");
  private static final int MAX_VALUES = 2_000_000;
  private static final int MAX_BUCKETS = 1_000_000;

  public SeriesLine {
    values = List.copyOf(values);
  }

  /// How many values there are with those of other lines.
  ///
  /// @throws InvalidTestException if they are more than a test may have
  int countedWith(int others) {
    if (values.size() + others > MAX_VALUES) {
      throw new InvalidTestException("more than two million values; write fewer or shorter series");
    }
    return values.size() + others;
  }

  /// What a series has at a step.
  public sealed interface Value {
    record Gap() implements Value {}

    record Point(double value) implements Value {}

    /// @param hasHint whether the text says what it says about the one before
    record Histogram(NativeHistogram histogram, boolean hasHint) implements Value {}
  }

  /// Reads a line.
  ///
  /// @throws InvalidTestException if it is none
  public static SeriesLine parse(String line) {
    int end = endOfLabels(line);
    return new SeriesLine(labels(line.substring(0, end)), values(line.substring(end)));
  }

  private static int endOfLabels(String line) {
    int brace = line.indexOf('{');
    int space = firstSpace(line);
    boolean isHistogram = brace >= 0 && brace > space && line.startsWith("{{", brace);
    if (brace < 0 || isHistogram || (space < brace && !line.substring(space, brace).isBlank())) {
      return space;
    }
    char quote = 0;
    for (int i = brace + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        i += c == '\\' && quote != '`' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '}') {
        return i + 1;
      }
    }
    throw new InvalidTestException("the labels of \"%s\" are not closed".formatted(line));
  }

  private static int firstSpace(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isWhitespace(line.charAt(i))) {
        return i;
      }
    }
    return line.length();
  }

  /// Reads labels as a series writes them: `up{job="node"}`.
  ///
  /// @throws InvalidTestException if they are none
  public static Labels labels(String text) {
    if (text.strip().replace(" ", "").equals("{}")) {
      return Labels.EMPTY;
    }
    try {
      Map<String, String> labels = new TreeMap<>();
      for (LabelMatcher matcher : Selectors.parse(text.strip())) {
        if (matcher.operator() != Operator.EQUAL) {
          throw new InvalidTestException("write = between label and value: " + matcher);
        }
        labels.put(matcher.name(), matcher.value());
      }
      return Labels.from(labels);
    } catch (InvalidSelectorException e) {
      throw new InvalidTestException("no series: " + e.getMessage());
    }
  }

  /// Reads the values of a series.
  ///
  /// @throws InvalidTestException if they are none
  public static List<Value> values(String text) {
    List<Value> values = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      at = item(text, at, values);
    }
    return values;
  }

  private static int item(String text, int start, List<Value> values) {
    Matcher histogram = HISTOGRAM.matcher(text).region(start, text.length());
    if (histogram.lookingAt()) {
      histograms(histogram, values);
      return histogram.end();
    }
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String item = text.substring(start, end);
    Matcher gap = GAP.matcher(item);
    Matcher number = ITEM.matcher(item);
    if (item.equals("stale")) {
      values.add(new Value.Point(StaleMarker.VALUE));
    } else if (gap.matches()) {
      add(values, new Value.Gap(), gap.group("times") == null ? 1 : times(gap.group("times")));
    } else if (number.matches()) {
      numbers(number, values);
    } else {
      throw new InvalidTestException(
          "\"%s\" is no value; write 1, 1+2x3, _, _x3, stale or a histogram".formatted(item));
    }
    return end;
  }

  private static void numbers(Matcher item, List<Value> values) {
    double first = number(item.group("first"));
    double increment = item.group("increment") == null ? 0 : number(item.group("increment"));
    int times = item.group("times") == null ? 0 : times(item.group("times"));
    double value = first;
    for (int i = 0; i <= times; i++) {
      add(values, new Value.Point(value), 1);
      value += increment;
    }
  }

  private static void histograms(Matcher item, List<Value> values) {
    HistogramText.Read first = HistogramText.parse(item.group("first"));
    int times = item.group("times") == null ? 0 : times(item.group("times"));
    if (item.group("increment") == null) {
      add(values, new Value.Histogram(first.histogram(), first.hasHint()), times + 1);
      return;
    }
    NativeHistogram increment = HistogramText.parse(item.group("increment")).histogram();
    long buckets = 1L + first.histogram().buckets().size() + increment.buckets().size();
    if (times * buckets > MAX_BUCKETS) {
      throw new InvalidTestException(
          "growing histograms of more than %d buckets together".formatted(MAX_BUCKETS));
    }
    HistogramSum sum = new HistogramSum(first.histogram());
    if (!sum.accepts(increment) || first.histogram().schema() > increment.schema()) {
      throw new InvalidTestException(
          "a histogram of schema %d cannot grow by one of schema %d; write the coarser one first"
              .formatted(first.histogram().schema(), increment.schema()));
    }
    add(values, new Value.Histogram(first.histogram(), first.hasHint()), 1);
    for (int i = 0; i < times; i++) {
      if (item.group("sign").equals("+")) {
        sum.add(increment);
      } else {
        sum.subtract(increment);
      }
      add(values, new Value.Histogram(sum.total(), first.hasHint()), 1);
    }
  }

  private static double number(String text) {
    return Numbers.parse(text)
        .orElseThrow(() -> new InvalidTestException("\"%s\" is no number".formatted(text)));
  }

  private static int times(String text) {
    return (int) Math.min(MAX_VALUES, Long.parseLong(text.length() > 9 ? "999999999" : text));
  }

  private static void add(List<Value> values, Value value, int times) {
    if (values.size() + times > MAX_VALUES) {
      throw new InvalidTestException("more than two million values in one series");
    }
    for (int i = 0; i < times; i++) {
      values.add(value);
    }
  }
}
