package io.fleetward.cli;

import io.fleetward.cli.demo.DemoCommand;
import io.fleetward.cli.letters.DeadLettersCommand;
import io.fleetward.cli.models.ModelsCommands;
import io.fleetward.cli.models.RegistryCommands;
import io.fleetward.cli.operator.OperatorCommands;
import io.fleetward.cli.operator.Surroundings;
import io.fleetward.cli.rules.RulesCommands;
import io.fleetward.cli.standalone.StandaloneCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fleetward`: the command that holds all others.
@Command(
    name = "fleetward",
    mixinStandardHelpOptions = true,
    version = "fleetward 0.1.0-SNAPSHOT",
    description = "Watches every host of a fleet, confirms what is abnormal and repairs it.",
    subcommands = {
      DemoCommand.class,
      StandaloneCommand.class,
      RulesCommands.class,
      DeadLettersCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nStarted by the launcher as processes of their own:%n",
    footer = {
      "  agent       the daemon on a host        (fleetward agent --help)",
      "  service     scoring, control and API    (fleetward service --help)",
      "  bench       benchmarks with goals       (fleetward bench --help)"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:negative verdict",
      "2:bad input",
      "3:lint",
      "4:the service cannot be reached",
      "5:refused"
    })
public final class FleetwardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /// The command line with all commands.
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new FleetwardCommand());
    Surroundings surroundings = Surroundings.ofProcess();
    OperatorCommands.addTo(commandLine, surroundings);
    CommandLine models = new CommandLine(new ModelsCommands());
    RegistryCommands.addTo(models, surroundings);
    commandLine.addSubcommand(models);
    return commandLine.setCaseInsensitiveEnumValuesAllowed(true);
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }
}
