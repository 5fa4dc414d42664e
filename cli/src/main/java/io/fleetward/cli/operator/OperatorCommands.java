package io.fleetward.cli.operator;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// All of the operator's commands.
public final class OperatorCommands {
  private OperatorCommands() {}

  /// Adds them to the `fleetward` command.
  public static void addTo(CommandLine fleetward, Surroundings surroundings) {
    List<Callable<Integer>> commands =
        List.of(
            new IncidentsCommand(surroundings),
            new RemediationsCommand(surroundings),
            new ApproveCommand(surroundings),
            new RejectCommand(surroundings),
            new PausesCommand(surroundings),
            new PauseCommand(surroundings),
            new ResumeCommand(surroundings),
            new TokenCommand());
    for (Callable<Integer> command : commands) {
      fleetward.addSubcommand(tellingExitStatus(new CommandLine(command)));
    }
    CommandLine hosts = tellingExitStatus(new CommandLine(new HostsCommand(surroundings)));
    hosts.addSubcommand("list", tellingExitStatus(new CommandLine(new HostsCommand(surroundings))));
    for (Callable<Integer> command :
        List.<Callable<Integer>>of(
            new HostKeysCommand(surroundings),
            new HostTokenCommand(surroundings),
            new HostRevokeCommand(surroundings))) {
      hosts.addSubcommand(tellingExitStatus(new CommandLine(command)));
    }
    fleetward.addSubcommand(hosts);
  }

  /// A command whose help tells what its exit status means.
  public static CommandLine tellingExitStatus(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(ExitStatus.meanings());
    return command;
  }
}
