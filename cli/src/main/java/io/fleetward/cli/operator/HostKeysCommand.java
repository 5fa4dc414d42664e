package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.service.desk.HostKeyView;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward hosts keys`.
@Command(
    name = "keys",
    description = "Lists the keys of enrolled hosts, revoked ones too.",
    mixinStandardHelpOptions = true)
final class HostKeysCommand extends OperatorCommand {
  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  HostKeysCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    Received<List<HostKeyView>> keys = client.hostKeys();
    if (json) {
      output.json(keys.json());
    } else if (keys.value().isEmpty()) {
      output.line("no host is enrolled; make a token with fleetward hosts token");
    } else {
      Table table = new Table("", "INSTANCE", "KEY", "ENROLLED", "BY", "REVOKED");
      for (HostKeyView key : keys.value()) {
        Instant revokedAt = key.revokedAt();
        table.row(
            key.instance(),
            key.fingerprint().substring(0, Math.min(16, key.fingerprint().length())),
            output.time(key.enrolledAt()),
            key.enrolledBy(),
            revokedAt == null
                ? "-"
                : "%s by %s".formatted(output.time(revokedAt), key.revokedBy()));
      }
      output.table(table);
    }
  }
}
