package io.fleetward.cli.models;

import io.fleetward.cli.operator.OperatorCommands;
import io.fleetward.cli.operator.Surroundings;
import java.util.List;
import picocli.CommandLine;

/// The commands of `fleetward models` about versions.
public final class RegistryCommands {
  private RegistryCommands() {}

  /// Adds them to the `models` command.
  public static void addTo(CommandLine models, Surroundings surroundings) {
    for (Object command :
        List.of(
            new ListCommand(surroundings),
            new ShowCommand(surroundings),
            new TrainCommand(surroundings),
            new RollbackCommand(surroundings))) {
      models.addSubcommand(OperatorCommands.tellingExitStatus(new CommandLine(command)));
    }
  }
}
