package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.service.desk.PauseView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward pause --reason TEXT`.
@Command(
    name = "pause",
    description = "Stops every new action until resumed.",
    mixinStandardHelpOptions = true)
final class PauseCommand extends OperatorCommand {
  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; recorded.")
  private String reason = "";

  PauseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    PauseView pause = client.pause(reason);
    output.line("paused; end it with: fleetward resume %s".formatted(pause.id()));
  }
}
