package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.service.desk.Desk.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward reject ID --reason TEXT`.
@Command(
    name = "reject",
    description = "Rejects a remediation that awaits approval.",
    mixinStandardHelpOptions = true)
final class RejectCommand extends OperatorCommand {
  @Parameters(paramLabel = "ID", description = "The remediation.")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; recorded.")
  private String reason = "";

  RejectCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    RemediationsCommand.show(client.decide(id, Verdict.REJECT, reason), output);
  }
}
