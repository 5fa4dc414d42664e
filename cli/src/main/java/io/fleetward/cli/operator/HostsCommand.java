package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.service.desk.HostView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward hosts`.
@Command(
    name = "hosts",
    description = "Lists the hosts that announced themselves.",
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
      Table table = new Table("", "INSTANCE", "AGENT", "KERNEL", "ANNOUNCED", "ACTIONS");
      for (HostView host : hosts.value()) {
        table.row(
            host.instance(),
            host.agentVersion(),
            host.kernel(),
            output.time(host.announcedAt()),
            String.join(", ", host.actions()));
      }
      output.table(table);
    }
  }
}
