package io.fleetward.cli.models;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.cli.operator.OperatorCommand;
import io.fleetward.cli.operator.Output;
import io.fleetward.cli.operator.Surroundings;
import io.fleetward.cli.operator.Table;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.ModelView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward models list`.
@Command(
    name = "list",
    description = "Lists the models in force and the versions that were trained.",
    mixinStandardHelpOptions = true)
final class ListCommand extends OperatorCommand {
  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    Received<List<ModelView>> models = client.models();
    if (json) {
      output.json(models.json());
      return;
    }
    if (models.value().isEmpty()) {
      output.line("no models");
    }
    for (ModelView model : models.value()) {
      output.line(
          "%s  %s, %d features, writes %s"
              .formatted(model.name(), model.detector(), model.features().size(), model.score()));
      if (!model.trainable()) {
        output.line("  each host learns by itself");
      }
      model.classes().forEach(hostClass -> list(hostClass, output));
    }
  }

  static void list(ModelClassView hostClass, Output output) {
    output.line(
        "  class %s: %s"
            .formatted(
                hostClass.hostClass(),
                hostClass.champion() == null
                    ? "no champion, hosts start cold"
                    : "hosts begin from " + hostClass.champion()));
    Instant tried = hostClass.triedAt();
    if (tried != null) {
      output.line("    trained %s: %s".formatted(output.time(tried), hostClass.outcome()));
    }
    if (hostClass.askedBy() != null) {
      output.line("    %s waits for training".formatted(hostClass.askedBy()));
    }
    if (!hostClass.versions().isEmpty()) {
      Table table = new Table("    ", "VERSION", "STATE", "HOSTS", "ROWS", "FALSE/DAY", ">.99");
      for (ModelClassView.Version version : hostClass.versions()) {
        table.row(
            version.id(),
            version.role().equals("retired") ? version.state() : version.role(),
            Integer.toString(version.hosts()),
            Long.toString(version.rows()),
            falseEpisodes(version.heldOut()),
            above99(version.heldOut()));
      }
      output.table(table);
    }
  }

  static String falseEpisodes(ShadowRecord record) {
    return number("%.2f", record.falseEpisodesPerHostDay());
  }

  static String above99(ShadowRecord record) {
    return number("%.2f %%", 100 * record.shareAbove99());
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
