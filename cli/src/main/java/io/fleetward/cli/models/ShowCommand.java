package io.fleetward.cli.models;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.cli.operator.BadInputException;
import io.fleetward.cli.operator.ExitStatus;
import io.fleetward.cli.operator.OperatorCommand;
import io.fleetward.cli.operator.Output;
import io.fleetward.cli.operator.Surroundings;
import io.fleetward.cli.operator.Table;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.ModelVersion.Reading;
import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.service.desk.ModelVersionView;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward models show NAME VERSION` and `fleetward models show FILE`.
@Command(
    name = "show",
    description = {
      "Shows a version of a model: where it comes from and what became of it.",
      "With a file alone: what is in it, without asking a service."
    },
    mixinStandardHelpOptions = true)
final class ShowCommand extends OperatorCommand {
  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "The model, or a file.")
  private String model = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Its version.")
  private @Nullable String version;

  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    if (version != null) {
      return super.call();
    }
    return switch (ModelVersion.read(Path.of(model))) {
      case Reading.Usable(ModelVersion found) -> {
        output().line(found.id());
        show(found.provenance(), output());
        yield ExitStatus.DONE;
      }
      case Reading.Refused(String reason) -> {
        commandSpec().commandLine().getErr().println(Output.clean(reason));
        yield ExitStatus.BAD_INPUT;
      }
    };
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    if (version == null) {
      throw new BadInputException("which version? name one of fleetward models list");
    }
    Received<ModelVersionView> found = client.modelVersion(model, version);
    if (json) {
      output.json(found.json());
      return;
    }
    output.line("%s  %s".formatted(found.value().id(), found.value().role()));
    show(found.value().provenance(), output);
    output.line("  history");
    for (ModelVersionView.Change change : found.value().history()) {
      output.line(
          "    %s  %s by %s: %s"
              .formatted(output.time(change.at()), change.state(), change.by(), change.reason()));
    }
  }

  private static void show(Provenance provenance, Output output) {
    output.field("model", "%s (%s)".formatted(provenance.model(), provenance.detector()));
    output.field("class", provenance.hostClass());
    output.field("trained", output.time(provenance.trainedAt()));
    output.field(
        "rows",
        "%d of %d hosts, %s to %s"
            .formatted(
                provenance.rows(),
                provenance.hosts().size(),
                output.time(provenance.from()),
                output.time(provenance.to())));
    output.field("left out", counts(provenance.leftOut()));
    ShadowRecord heldOut = provenance.heldOut();
    output.field(
        "held out",
        "%d rows: %s false episodes a host-day, %s of the healthy rows above 0.99"
            .formatted(
                heldOut.rows(), ListCommand.falseEpisodes(heldOut), ListCommand.above99(heldOut)));
    output.field(
        "", "%d of %d confirmed incidents found".formatted(heldOut.found(), heldOut.incidents()));
    output.field("features", Integer.toString(provenance.features().size()));
    provenance.features().forEach(feature -> output.line("    " + feature));
    output.field("settings", Output.labels(provenance.settings()));
    output.field("seed", Long.toString(provenance.seed()));
    output.field(
        "Tribuo",
        "%s: %s"
            .formatted(
                provenance.tribuo().version(), String.join("; ", provenance.tribuo().computed())));
    Table hosts = new Table("    ", "HOST", "ROWS", "FROM", "TO");
    for (LearntHost host : provenance.hosts()) {
      hosts.row(
          host.instance(),
          Long.toString(host.rows()),
          output.time(host.from()),
          output.time(host.to()));
    }
    output.wholeTable(hosts);
  }

  private static String counts(Map<String, Long> counts) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(counts)
        .forEach((reason, rows) ->
            text.append(text.isEmpty() ? "" : ", ").append("%d %s".formatted(rows, reason)));
    return text.toString();
  }
}
