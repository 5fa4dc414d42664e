package io.fleetward.cli.operator;

import io.fleetward.cli.models.ModelsCommands;
import io.fleetward.cli.models.RegistryCommands;
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
    Surroundings surroundings = new Surroundings(environment, home, ZoneId.of("Europe/Berlin"));
    OperatorCommands.addTo(fleetward, surroundings);
    CommandLine models = new CommandLine(new ModelsCommands());
    RegistryCommands.addTo(models, surroundings);
    fleetward.addSubcommand(models);
    fleetward.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = fleetward.execute(arguments);
    return new OperatorRun(status, out.toString(), err.toString());
  }
}
