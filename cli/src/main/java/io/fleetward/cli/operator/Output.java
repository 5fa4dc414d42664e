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
public record Output(PrintWriter writer, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  public void line(String text) {
    writer.println(clean(text));
  }

  /// A line whose text is written as it came, for `--json`.
  public void json(String text) {
    writer.println(text);
  }

  public void blank() {
    writer.println();
  }

  /// `name` in a column of its own, then the value.
  public void field(String name, String value) {
    line("  %-14s%s".formatted(name, value.isEmpty() ? "-" : value));
  }

  /// A list, its last column cut to what fits.
  public void table(Table table) {
    table.lines().forEach(writer::println);
  }

  /// Part of a detailed view: nothing is cut.
  public void wholeTable(Table table) {
    table.wholeLines().forEach(writer::println);
  }

  public String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  /// Without the year, for lists.
  public String shortTime(Instant instant) {
    return SHORT_TIME.format(instant.atZone(zone));
  }

  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "+%.1f s", duration.toMillis() / 1000.0);
  }

  public static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /// Without characters that could steer a terminal.
  public static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?");
  }
}
