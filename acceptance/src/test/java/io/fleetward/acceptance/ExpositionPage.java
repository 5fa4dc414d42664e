package io.fleetward.acceptance;

import io.fleetward.protocol.labels.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `/metrics` page in Prometheus' text format, understood just as far as exporters write it.
///
/// @param types of metrics by name
record ExpositionPage(Map<String, String> types, Map<Labels, Double> samples) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  ExpositionPage {
    types = Map.copyOf(types);
    samples = Map.copyOf(samples);
  }

  static ExpositionPage parse(String text) {
    Map<String, String> types = new HashMap<>();
    Map<Labels, Double> samples = new HashMap<>();
    text.lines()
        .forEach(line -> {
          Matcher type = TYPE.matcher(line);
          Matcher sample = SAMPLE.matcher(line);
          if (type.matches()) {
            types.put(type.group(1), type.group(2));
          } else if (!line.startsWith("#") && sample.matches()) {
            samples.put(labels(sample), number(sample.group(3)));
          }
        });
    return new ExpositionPage(types, samples);
  }

  private static Labels labels(Matcher sample) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Labels.METRIC_NAME, sample.group(1));
    Matcher pairs = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
    while (pairs.find()) {
      labels.put(pairs.group(1), unescaped(pairs.group(2)));
    }
    return Labels.from(labels);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replaceAll("\\\\(.)", "$1");
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }
}
