package io.fleetward.cli.demo;

import io.fleetward.service.desk.IncidentView.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The steps from the fault to its verified repair, with the seconds between them.
final class Timeline {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private static final int LINE = 84;

  private Timeline() {}

  /// A table of the incident's timeline after the fault.
  ///
  /// @param fault when the fault was started
  static String table(Instant fault, List<TimelineEntry> entries, ZoneId zone) {
    List<TimelineEntry> steps = new ArrayList<>();
    steps.add(new TimelineEntry(fault, "fault", "the runaway process starts"));
    steps.addAll(entries);
    steps.sort(Comparator.comparing(TimelineEntry::at));
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-12s  %8s  %8s  %-22s %s%n",
                "time",
                "total",
                "step",
                "what",
                "detail"));
    Instant before = fault;
    for (TimelineEntry step : steps) {
      table.append(
          String.format(
                  Locale.ROOT,
                  "%-12s  %6.1f s  %6.1f s  %-22s %s",
                  CLOCK.format(step.at().atZone(zone)),
                  seconds(fault, step.at()),
                  seconds(before, step.at()),
                  step.what(),
                  brief(step.detail()))
              .stripTrailing());
      table.append(System.lineSeparator());
      before = step.at();
    }
    return table.toString();
  }

  /// The first line of a text, cut to what fits beside the times.
  static String brief(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
