package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.service.desk.Desk.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward approve ID --reason TEXT`.
@Command(
    name = "approve",
    description = "Approves a remediation that awaits approval.",
    mixinStandardHelpOptions = true)
final class ApproveCommand extends OperatorCommand {
  @Parameters(paramLabel = "ID", description = "The remediation.")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; recorded.")
  private String reason = "";

  ApproveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    RemediationsCommand.show(client.decide(id, Verdict.APPROVE, reason), output);
  }
}
