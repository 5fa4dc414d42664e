package io.fleetward.rules.testing;

import io.fleetward.rules.histogram.Buckets;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.histogram.ResetHint;
import io.fleetward.rules.language.Numbers;
import io.fleetward.rules.template.GoNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Histograms in the notation of Prometheus' tests: `{{schema:0 sum:5 count:4 buckets:[1 2 1]}}`.
public final class HistogramText {
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*(?<key>[a-z_]+)\\s*:\\s*(?:\\[(?<list>[^\\]]*)\\]|(?<value>[^\\s\\[\\]]+))\\s*");
  private static final String HINT = "counter_reset_hint";
  private static final Set<String> KEYS =
      Set.of(
          "schema",
          "sum",
          "count",
          "z_bucket",
          "z_bucket_w",
          "custom_values",
          "buckets",
          "offset",
          "n_buckets",
          "n_offset",
          HINT);

  /// The finest histograms reach this far.
  private static final int MAX_OFFSET = 1 << 19;

  private final Map<String, String> items;

  private HistogramText(Map<String, String> items) {
    this.items = items;
  }

  /// A histogram with whether the text says what it says about the one before.
  record Read(NativeHistogram histogram, boolean hasHint) {}

  /// Reads what stands between the braces.
  ///
  /// @throws InvalidTestException if it is no histogram
  static Read parse(String text) {
    Map<String, String> items = new HashMap<>();
    Matcher item = ITEM.matcher(text);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      if (!item.find(at) || item.start() != at || !KEYS.contains(item.group("key"))) {
        throw new InvalidTestException(
            "\"{{%s}}\" is no histogram; write {{schema:0 count:4 sum:5 buckets:[1 2 1]}}"
                .formatted(text));
      }
      String list = item.group("list");
      items.putIfAbsent(item.group("key"), list == null ? item.group("value") : list);
      at = item.end();
    }
    return new Read(new HistogramText(items).histogram(), items.containsKey(HINT));
  }

  private NativeHistogram histogram() {
    int schema = (int) number("schema");
    if (schema != NativeHistogram.CUSTOM && (schema < -4 || schema > 8)) {
      throw new InvalidTestException(
          "schema %d is none; write one from -4 to 8, or %d for listed bounds"
              .formatted(schema, NativeHistogram.CUSTOM));
    }
    ResetHint hint =
        ResetHint.of(items.getOrDefault(HINT, "unknown"))
            .orElseThrow(() ->
                new InvalidTestException(
                    "\"%s\" is no hint; write unknown, reset, not_reset or gauge"
                        .formatted(items.get(HINT))));
    return new NativeHistogram(
        schema,
        number("z_bucket_w"),
        number("z_bucket"),
        number("count"),
        number("sum"),
        Buckets.from(offset("offset"), numbers("buckets")),
        Buckets.from(offset("n_offset"), numbers("n_buckets")),
        bounds(),
        hint);
  }

  private List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (double bound : numbers("custom_values")) {
      bounds.add(bound);
    }
    return bounds;
  }

  private int offset(String key) {
    double offset = number(key);
    if (!(Math.abs(offset) <= MAX_OFFSET)) {
      throw new InvalidTestException("%s:%s is beyond any bucket".formatted(key, items.get(key)));
    }
    return (int) offset;
  }

  private double number(String key) {
    return parseNumber(items.getOrDefault(key, "0"));
  }

  private double[] numbers(String key) {
    String list = items.getOrDefault(key, "").strip();
    return list.isEmpty()
        ? new double[0]
        : Pattern.compile("\\s+")
            .splitAsStream(list)
            .mapToDouble(HistogramText::parseNumber)
            .toArray();
  }

  private static double parseNumber(String text) {
    return Numbers.parse(text)
        .orElseThrow(() -> new InvalidTestException("\"%s\" is no number".formatted(text)));
  }

  /// Writes a histogram so that reading gives it again.
  public static String of(NativeHistogram histogram) {
    StringJoiner text = new StringJoiner(" ", "{{", "}}");
    add(text, "schema", histogram.schema());
    add(text, "count", histogram.count());
    add(text, "sum", histogram.sum());
    add(text, "z_bucket", histogram.zeroCount());
    add(text, "z_bucket_w", histogram.zeroThreshold());
    if (histogram.isCustom()) {
      text.add("custom_values:" + list(histogram.bounds()));
    }
    if (histogram.hint() != ResetHint.UNKNOWN) {
      text.add(HINT + ":" + histogram.hint().word());
    }
    NativeHistogram populated = histogram.compacted();
    addBuckets(text, "", populated.positive());
    addBuckets(text, "n_", populated.negative());
    return text.toString();
  }

  private static void add(StringJoiner text, String key, double value) {
    if (value != 0) {
      text.add(key + ":" + GoNumbers.shortest(value));
    }
  }

  private static void addBuckets(StringJoiner text, String prefix, Buckets buckets) {
    if (buckets.isEmpty()) {
      return;
    }
    int offset = buckets.index(0);
    List<Double> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      while (offset + counts.size() < buckets.index(i)) {
        counts.add(0.0);
      }
      counts.add(buckets.count(i));
    }
    add(text, prefix + "offset", offset);
    text.add(prefix + "buckets:" + list(counts));
  }

  private static String list(List<Double> numbers) {
    StringJoiner list = new StringJoiner(" ", "[", "]");
    numbers.forEach(number -> list.add(GoNumbers.shortest(number)));
    return list.toString();
  }
}
