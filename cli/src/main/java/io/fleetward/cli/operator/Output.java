package io.fleetward.cli.operator;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes for a person's terminal. What came from hosts is cleaned of control characters.
record Output(PrintWriter writer, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  void line(String text) {
    writer.println(clean(text));
  }

  /// A line whose text is written as it came, for `--json`.
  void json(String text) {
    writer.println(text);
  }

  void blank() {
    writer.println();
  }

  /// `name` in a column of its own, then the value.
  void field(String name, String value) {
    line("  %-14s%s".formatted(name, value.isEmpty() ? "-" : value));
  }

  /// A list, its last column cut to what fits.
  void table(Table table) {
    table.lines().forEach(writer::println);
  }

  /// Part of a detailed view: nothing is cut.
  void wholeTable(Table table) {
    table.wholeLines().forEach(writer::println);
  }

  String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  /// Without the year, for lists.
  String shortTime(Instant instant) {
    return SHORT_TIME.format(instant.atZone(zone));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "+%.1f s", duration.toMillis() / 1000.0);
  }

  static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /// Without characters that could steer a terminal.
  static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?");
  }
}
