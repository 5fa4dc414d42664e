package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.service.desk.PauseView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward pauses`.
@Command(
    name = "pauses",
    description = "Lists the pauses in force.",
    mixinStandardHelpOptions = true)
final class PausesCommand extends OperatorCommand {
  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  PausesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    Received<List<PauseView>> pauses = client.pauses();
    if (json) {
      output.json(pauses.json());
    } else if (pauses.value().isEmpty()) {
      output.line("nothing is paused");
    } else {
      Table table = new Table("", "ID", "OWNER", "SINCE", "REASON");
      for (PauseView pause : pauses.value()) {
        table.row(pause.id(), pause.owner(), output.time(pause.since()), pause.reason());
      }
      output.table(table);
    }
  }
}
