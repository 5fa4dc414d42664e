package io.fleetward.cli.operator;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.KindProbability;
import io.fleetward.service.desk.Desk;
import io.fleetward.service.desk.FaultView;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.IncidentView.AlertView;
import io.fleetward.service.desk.IncidentView.TimelineEntry;
import io.fleetward.service.desk.PauseView;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.RemediationView.ApprovalView;
import io.fleetward.service.desk.TraceEntry;
import io.fleetward.service.desk.TraceEntry.GuardView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows one resolved incident with a hostile label and an open one; `rem-2` awaits approval, and
/// whatever is decided on `rem-1` comes too late. Remembers nothing.
final class DeskWithHistory implements Desk {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Override
  public List<IncidentView> incidents(Optional<String> state, int limit) {
    return List.of(open(), resolved()).stream()
        .filter(incident -> state.isEmpty() || state.get().equals(incident.state()))
        .toList();
  }

  @Override
  public Optional<IncidentView> incident(String id) {
    return incidents(Optional.empty(), 10).stream().filter(i -> i.id().equals(id)).findFirst();
  }

  @Override
  public List<TraceEntry> trace(String incident) {
    return List.of(
        new TraceEntry(
            NOON.plusMillis(3_200),
            "propose",
            "rem-1",
            "policy end-runaways fits",
            List.of(),
            List.of("alerts=1")),
        new TraceEntry(
            NOON.plusSeconds(21),
            "hold",
            "rem-1",
            "a guard objects",
            List.of(
                new GuardView(
                    "cooldown", true, "2 min left of 30 min", "wait until 12:02 or lower it"),
                new GuardView("pause", false, "nothing is paused", "")),
            List.of("fresh=12s", "quorum=2")));
  }

  @Override
  public List<RemediationView> remediations(Optional<String> state, int limit) {
    return state.equals(Optional.of("expired")) ? List.of() : List.of(waiting(), verified());
  }

  @Override
  public Optional<RemediationView> remediation(String id) {
    return List.of(waiting(), verified()).stream().filter(r -> r.id().equals(id)).findFirst();
  }

  @Override
  public Decision decide(String remediation, Verdict verdict, String reason, Person person) {
    return switch (remediation) {
      case "rem-1" -> new Decision.NotAwaiting("rem-1", "verified");
      case "rem-2" -> {
        String word = verdict == Verdict.APPROVE ? "approve" : "reject";
        ApprovalView approval = new ApprovalView(person.name(), word, reason, NOON.plusSeconds(70));
        yield new Decision.Recorded(
            remediation("rem-2", verdict == Verdict.APPROVE ? "approved" : "rejected", approval));
      }
      case "rem-own" -> new Decision.Forbidden("the requester cannot approve");
      default -> new Decision.NoSuchRemediation(remediation);
    };
  }

  @Override
  public Optional<IncidentView> stateFault(
      String incident, String kind, String reason, Person person) {
    FaultView fault = fault(new FaultView.Statement(kind, person.name(), reason, NOON));
    return incident(incident)
        .map(found ->
            new IncidentView(
                found.id(),
                found.instance(),
                found.title(),
                found.state(),
                found.severity(),
                found.openedAt(),
                found.resolvedAt(),
                found.alerts(),
                found.timeline(),
                found.remediations(),
                fault));
  }

  @Override
  public List<PauseView> pauses() {
    return List.of(new PauseView("pause-1", "kernel update on rack 7", "olga", NOON));
  }

  @Override
  public PauseView pause(String reason, Person person) {
    return new PauseView("pause-2", reason, person.name(), NOON);
  }

  @Override
  public boolean resume(String pause, Person person) {
    return pause.equals("pause-1");
  }

  @Override
  public List<HostView> hosts() {
    return List.of(
        new HostView(
            "db-1",
            Map.of(),
            "6.12.0-amd64",
            "0.1.0",
            List.of("end-process", "restart-unit"),
            NOON),
        new HostView("web-17.example.org", Map.of(), "6.1.0", "0.1.0", List.of(), NOON));
  }

  private static IncidentView open() {
    return new IncidentView(
        "inc-2",
        "web-17.example.org",
        "FilesystemAlmostFull on web-17.example.org at /var/lib/containers/storage since this morning",
        "open",
        "warning",
        NOON.plusSeconds(60),
        null,
        List.of(),
        List.of(),
        List.of("rem-2"),
        null);
  }

  private static FaultView fault(FaultView.@Nullable Statement stated) {
    return new FaultView(
        NOON,
        List.of(new KindProbability("unknown", 0.4), new KindProbability("cpu-hog", 0.6)),
        "no kind is probable enough",
        List.of(new Contribution("instance:node_cpu_busy:ratio_rate30s", 0.97, 0.1, 0.8)),
        stated);
  }

  private static IncidentView resolved() {
    AlertView alert =
        new AlertView(
            Map.of("alertname", "RunawayProcess", "command", "evil\u001b[2J", "instance", "db-1"),
            Map.of(),
            "resolved",
            0.97125,
            NOON,
            NOON.plusSeconds(44));
    return new IncidentView(
        "inc-1",
        "db-1",
        "RunawayProcess on db-1",
        "resolved",
        "critical",
        NOON.plusSeconds(3),
        NOON.plusSeconds(45),
        List.of(alert),
        List.of(
            new TimelineEntry(NOON, "first-anomalous-score", "0.97"),
            new TimelineEntry(NOON.plusSeconds(1), "alert-pending", "RunawayProcess"),
            new TimelineEntry(NOON.plusMillis(3_050), "incident-opened", "1 alert"),
            new TimelineEntry(NOON.plusMillis(24_300), "approved", "by olga: seen it"),
            new TimelineEntry(NOON.plusSeconds(45), "verified", "resolved on fresh data")),
        List.of("rem-1"),
        fault(null));
  }

  private static RemediationView waiting() {
    return remediation("rem-2", "awaiting-approval", null);
  }

  private static RemediationView verified() {
    return remediation(
        "rem-1", "verified", new ApprovalView("olga", "approve", "seen it", NOON.plusSeconds(24)));
  }

  private static RemediationView remediation(
      String id, String state, @org.jspecify.annotations.Nullable ApprovalView approval) {
    boolean waits = state.equals("awaiting-approval");
    return new RemediationView(
        id,
        "inc-1",
        "db-1",
        "end-process",
        Map.of("pid", "4711", "executable", "/usr/bin/burn"),
        "medium",
        "end-runaways",
        state,
        waits ? "waits for one person" : "",
        "policy:end-runaways",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        1,
        approval == null ? List.of() : List.of(approval),
        NOON.plusSeconds(4),
        waits ? NOON.plusSeconds(904) : null);
  }
}
