package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fleetward resume ID`.
@Command(name = "resume", description = "Ends a pause.", mixinStandardHelpOptions = true)
final class ResumeCommand extends OperatorCommand {
  @Parameters(paramLabel = "ID", description = "The pause.")
  private String id = "";

  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    client.resume(id);
    output.line("%s has ended".formatted(id));
  }
}
