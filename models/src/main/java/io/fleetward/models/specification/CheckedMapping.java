package io.fleetward.models.specification;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes the values of a mapping and remembers whether any was wrong or missing. Confined to one
/// thread.
final class CheckedMapping {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private final MappingReader reader;
  private final Problems problems;
  private boolean complete = true;

  CheckedMapping(MappingReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  MappingReader reader() {
    return reader;
  }

  /// Whether nothing was wrong so far.
  boolean isComplete() {
    return complete;
  }

  String metricName(String key) {
    return matching(key, METRIC_NAME, "a metric name, such as instance:cpu_busy:ratio");
  }

  String matching(String key, Pattern pattern, String expected) {
    String text = reader.requiredText(key);
    if (text.isEmpty()) {
      complete = false;
    } else if (!pattern.matcher(text).matches()) {
      reject(
          reader.node(key).orElse(reader.mapping()),
          "\"%s\" is \"%s\"; write %s".formatted(key, text, expected));
    }
    return text;
  }

  <T> T required(String key, Optional<T> value, T instead) {
    if (reader.node(key).isEmpty()) {
      reject(reader.mapping(), "\"%s\" is missing; add it".formatted(key));
    }
    return optional(key, value, instead);
  }

  <T> T optional(String key, Optional<T> value, T usual) {
    complete &= value.isPresent() || reader.node(key).isEmpty();
    return value.orElse(usual);
  }

  /// Takes over whether a mapping within this one is complete.
  void include(CheckedMapping within) {
    complete &= within.complete;
  }

  void reject(YamlNode place, String message) {
    problems.at(place, message);
    complete = false;
  }

  void rejectUnknownKeys() {
    reader.rejectUnknownKeys();
  }
}
