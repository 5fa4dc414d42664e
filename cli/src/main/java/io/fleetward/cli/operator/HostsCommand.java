package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.service.desk.HostKeyView;
import io.fleetward.service.desk.HostView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward hosts` and `fleetward hosts list`.
@Command(
    name = "hosts",
    description = {
      "Lists the hosts that announced themselves, and whether each is enrolled: nothing is",
      "done to one that is not."
    },
    mixinStandardHelpOptions = true)
final class HostsCommand extends OperatorCommand {
  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  HostsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    Received<List<HostView>> hosts = client.hosts();
    if (json) {
      output.json(hosts.json());
    } else if (hosts.value().isEmpty()) {
      output.line("no hosts; an agent announces its host when it starts");
    } else {
      Set<String> enrolled =
          client.hostKeys().value().stream()
              .filter(key -> key.revokedAt() == null)
              .map(HostKeyView::instance)
              .collect(Collectors.toSet());
      Table table =
          new Table("", "INSTANCE", "ENROLLED", "AGENT", "KERNEL", "ANNOUNCED", "ACTIONS");
      for (HostView host : hosts.value()) {
        table.row(
            host.instance(),
            enrolled.contains(host.instance()) ? "yes" : "no",
            host.agentVersion(),
            host.kernel(),
            output.time(host.announcedAt()),
            String.join(", ", host.actions()));
      }
      output.table(table);
    }
  }
}
