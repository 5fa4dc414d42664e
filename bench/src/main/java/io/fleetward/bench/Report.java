package io.fleetward.bench;

import io.fleetward.protocol.messages.MessageCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// One run of one benchmark, to be read or kept.
public record Report(
    String benchmark, Effort effort, Instant at, Machine machine, Measurement measurement) {

  public void print(PrintWriter out) {
    out.printf(
        "%s on %d processors, Java %s, load %s before and %s after%n",
        benchmark,
        machine.processors(),
        machine.java(),
        Numbers.text(machine.loadBefore()),
        Numbers.text(machine.loadAfter()));
    for (Figure figure : measurement.figures()) {
      out.printf("  %-36s %10s %s%n", figure.name(), Numbers.text(figure.value()), figure.unit());
    }
    for (GoalResult result : measurement.goals()) {
      out.println(line(result));
    }
    out.flush();
  }

  private static String line(GoalResult result) {
    return switch (result) {
      case GoalResult.Met(Goal goal, double value) ->
          "met           %s: %s".formatted(goal, Numbers.text(value));
      case GoalResult.Missed(Goal goal, double value) ->
          "missed        %s: %s".formatted(goal, Numbers.text(value));
      case GoalResult.NotMeasured(Goal goal, String reason) ->
          "not measured  %s: %s".formatted(goal, reason);
    };
  }

  /// Writes this report as JSON.
  ///
  /// @throws IOException if the file cannot be written
  public void write(Path file) throws IOException {
    Files.writeString(file, MessageCodec.text(this) + "\n");
  }
}
