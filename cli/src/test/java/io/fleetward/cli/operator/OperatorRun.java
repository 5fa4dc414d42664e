package io.fleetward.cli.operator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What one command line did.
record OperatorRun(int status, String out, String err) {
  @Command(name = "fleetward")
  private static final class Fleetward {}

  /// Runs in a zone an hour ahead of UTC.
  static OperatorRun of(Path home, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine fleetward = new CommandLine(new Fleetward());
    OperatorCommands.addTo(
        fleetward, new Surroundings(environment, home, ZoneId.of("Europe/Berlin")));
    fleetward.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = fleetward.execute(arguments);
    return new OperatorRun(status, out.toString(), err.toString());
  }
}
