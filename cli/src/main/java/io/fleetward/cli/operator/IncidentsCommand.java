package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.IncidentDetails;
import io.fleetward.cli.client.Received;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.service.desk.FaultView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.IncidentView.AlertView;
import io.fleetward.service.desk.IncidentView.TimelineEntry;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.desk.TraceEntry.GuardView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward incidents [ID [--is KIND --reason TEXT]]`.
@Command(
    name = "incidents",
    description =
        "Lists incidents, or shows one with its timeline and every decision about it. With --is,"
            + " says what kind of fault it is: the classifier of faults learns from that.",
    mixinStandardHelpOptions = true)
final class IncidentsCommand extends OperatorCommand {
  /// Deviations that are shown.
  private static final int MOST = 5;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The incident to show.")
  private @Nullable String id;

  @Option(names = "--state", paramLabel = "STATE", description = "Only these: open or resolved.")
  private @Nullable String state;

  @Option(
      names = "--is",
      paramLabel = "KIND",
      description = "What kind of fault it is, such as memory-leak; healthy-load if it is none.")
  private @Nullable String kind;

  @Option(names = "--reason", paramLabel = "TEXT", description = "With --is: why; recorded.")
  private @Nullable String reason;

  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  IncidentsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    if (kind != null || reason != null) {
      state(client, output);
      return;
    }
    if (id == null) {
      Received<List<IncidentView>> incidents = client.incidents(Optional.ofNullable(state));
      if (json) {
        output.json(incidents.json());
      } else {
        list(incidents.value(), output);
      }
      return;
    }
    if (state != null) {
      throw new BadInputException("--state is for lists; leave it out when an ID is given");
    }
    Received<IncidentDetails> details = client.incident(id);
    if (json) {
      output.json(details.json());
    } else {
      show(details.value(), output);
    }
  }

  private void state(FleetwardClient client, Output output) {
    if (id == null || kind == null || reason == null || state != null || json) {
      throw new BadInputException(
          "give the incident's ID, --is KIND and --reason TEXT together, and nothing else");
    }
    IncidentView incident = client.stateFault(id, kind, reason);
    output.line("%s  %s".formatted(incident.id(), incident.title()));
    fault(incident.fault(), output);
  }

  private static void list(List<IncidentView> incidents, Output output) {
    if (incidents.isEmpty()) {
      output.line("no incidents");
      return;
    }
    Table table = new Table("", "ID", "STATE", "SEVERITY", "INSTANCE", "OPENED", "TITLE");
    for (IncidentView incident : incidents) {
      table.row(
          incident.id(),
          incident.state(),
          incident.severity(),
          incident.instance(),
          output.shortTime(incident.openedAt()),
          incident.title());
    }
    output.table(table);
  }

  private static void show(IncidentDetails details, Output output) {
    IncidentView incident = details.incident();
    output.line("%s  %s".formatted(incident.id(), incident.title()));
    output.field("state", incident.state());
    output.field("severity", incident.severity());
    output.field("instance", incident.instance());
    output.field("opened", output.time(incident.openedAt()));
    Instant resolvedAt = incident.resolvedAt();
    output.field("resolved", resolvedAt == null ? "" : output.time(resolvedAt));
    output.field("remediations", String.join(", ", incident.remediations()));
    fault(incident.fault(), output);
    alerts(incident.alerts(), output);
    timeline(incident.timeline(), output);
    trace(details.trace(), output);
  }

  private static void fault(@Nullable FaultView fault, Output output) {
    if (fault == null) {
      output.field("fault kind", "");
      return;
    }
    String kinds =
        fault.kinds().stream()
            .map(each ->
                String.format(Locale.ROOT, "%s %.0f %%", each.kind(), 100 * each.probability()))
            .collect(Collectors.joining(", "));
    output.field(
        "fault kind",
        fault.reason().isEmpty() ? kinds : "%s (%s)".formatted(kinds, fault.reason()));
    for (Contribution each :
        fault.deviations().subList(0, Math.min(MOST, fault.deviations().size()))) {
      output.line(
          "                %s %.4g, expected %.4g"
              .formatted(each.feature(), each.actual(), each.expected()));
    }
    FaultView.Statement stated = fault.stated();
    if (stated != null) {
      output.field(
          "stated kind",
          "%s, by %s: %s".formatted(stated.kind(), stated.person(), stated.reason()));
    }
  }

  private static void alerts(List<AlertView> alerts, Output output) {
    output.blank();
    output.line("alerts");
    for (AlertView alert : alerts) {
      String value = String.format(Locale.ROOT, "%.4g", alert.value());
      output.line(
          "  %s, active since %s, value %s"
              .formatted(alert.state(), output.time(alert.activeAt()), value));
      output.line("    " + Output.labels(alert.labels()));
    }
  }

  private static void timeline(List<TimelineEntry> timeline, Output output) {
    output.blank();
    output.line("timeline");
    Table table = new Table("  ", "AT", "AFTER", "WHAT", "DETAIL");
    Instant before = timeline.isEmpty() ? Instant.EPOCH : timeline.getFirst().at();
    for (TimelineEntry entry : timeline) {
      table.row(
          output.time(entry.at()),
          Output.seconds(Duration.between(before, entry.at())),
          entry.what(),
          entry.detail());
      before = entry.at();
    }
    output.wholeTable(table);
  }

  private static void trace(List<TraceEntry> trace, Output output) {
    output.blank();
    output.line("decisions");
    for (TraceEntry entry : trace) {
      output.line(
          "  %s  %s %s: %s"
              .formatted(
                  output.time(entry.at()), entry.decision(), entry.subject(), entry.reason()));
      for (GuardView guard : entry.guards()) {
        output.line("    " + guardLine(guard));
      }
      if (!entry.inputs().isEmpty()) {
        output.line("    judged on %s".formatted(String.join(" ", entry.inputs())));
      }
    }
  }

  private static String guardLine(GuardView guard) {
    return guard.objects()
        ? "objects  %s: %s%s"
            .formatted(
                guard.name(), guard.reason(), guard.remedy().isEmpty() ? "" : "; " + guard.remedy())
        : "agrees   %s: %s".formatted(guard.name(), guard.reason());
  }
}
