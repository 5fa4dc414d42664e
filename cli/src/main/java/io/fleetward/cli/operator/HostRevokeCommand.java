package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fleetward hosts revoke INSTANCE`.
@Command(
    name = "revoke",
    description = {
      "Revokes a host's key: nothing that it says is believed any more, and nothing is",
      "dispatched to it. It can be enrolled again, with a new key."
    },
    mixinStandardHelpOptions = true)
final class HostRevokeCommand extends OperatorCommand {
  @Parameters(paramLabel = "INSTANCE", description = "As fleetward hosts keys lists it.")
  private String instance = "";

  HostRevokeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    client.revokeHostKey(instance);
    output.line("the key of %s is revoked".formatted(instance));
  }
}
