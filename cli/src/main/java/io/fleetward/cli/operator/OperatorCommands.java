package io.fleetward.cli.operator;

import picocli.CommandLine;

/// All of the operator's commands.
public final class OperatorCommands {
  private OperatorCommands() {}

  /// Adds them to the `fleetward` command.
  public static void addTo(CommandLine fleetward, Surroundings surroundings) {
    fleetward
        .addSubcommand(new IncidentsCommand(surroundings))
        .addSubcommand(new RemediationsCommand(surroundings))
        .addSubcommand(new ApproveCommand(surroundings))
        .addSubcommand(new RejectCommand(surroundings))
        .addSubcommand(new PausesCommand(surroundings))
        .addSubcommand(new PauseCommand(surroundings))
        .addSubcommand(new ResumeCommand(surroundings))
        .addSubcommand(new HostsCommand(surroundings))
        .addSubcommand(new TokenCommand());
  }
}
