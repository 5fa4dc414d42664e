package io.fleetward.service.api;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Has one incident, `inc-1`, with a remediation that awaits approval, `rem-1`, asked for by
/// `rita`; another, `rem-2`, is verified. Remembers what it was asked and told.
final class DeskOfOneIncident implements Desk {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<PauseView> pauses = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();

  @Override
  public List<IncidentView> incidents(Optional<String> state, int limit) {
    threads.add(Thread.currentThread().getName());
    asked.add("incidents %s %d".formatted(state.orElse("any"), limit));
    return List.of(incident());
  }

  @Override
  public Optional<IncidentView> incident(String id) {
    asked.add("incident " + id);
    return id.equals("inc-1") ? Optional.of(incident()) : Optional.empty();
  }

  @Override
  public List<TraceEntry> trace(String incident) {
    return List.of(
        new TraceEntry(
            NOON.plusSeconds(5),
            "hold",
            "rem-1",
            "too early",
            List.of(
                new GuardView("cooldown", true, "2 min left", "wait until 12:02"),
                new GuardView("pause", false, "nothing is paused", "")),
            List.of("fresh=12s", "quorum=2")));
  }

  @Override
  public List<RemediationView> remediations(Optional<String> state, int limit) {
    asked.add("remediations %s %d".formatted(state.orElse("any"), limit));
    return List.of(remediation("rem-1", "awaiting-approval", List.of()));
  }

  @Override
  public Optional<RemediationView> remediation(String id) {
    asked.add("remediation " + id);
    return switch (id) {
      case "rem-1" -> Optional.of(remediation(id, "awaiting-approval", List.of()));
      case "rem-2" -> Optional.of(remediation(id, "verified", List.of()));
      default -> Optional.empty();
    };
  }

  @Override
  public Decision decide(String remediation, Verdict verdict, String reason, Person person) {
    asked.add("decide %s %s %s %s".formatted(remediation, verdict, reason, person.name()));
    if (person.name().equals("rita")) {
      return new Decision.Forbidden("the requester cannot approve");
    }
    return switch (remediation) {
      case "rem-1" -> {
        boolean approved = verdict == Verdict.APPROVE;
        String word = approved ? "approve" : "reject";
        ApprovalView approval = new ApprovalView(person.name(), word, reason, NOON.plusSeconds(30));
        yield new Decision.Recorded(
            remediation("rem-1", approved ? "approved" : "rejected", List.of(approval)));
      }
      case "rem-2" -> new Decision.NotAwaiting("rem-2", "verified");
      default -> new Decision.NoSuchRemediation(remediation);
    };
  }

  @Override
  public Optional<IncidentView> stateFault(
      String incident, String kind, String reason, Person person) {
    asked.add("state %s %s %s %s".formatted(incident, kind, reason, person.name()));
    return incident.equals("inc-1")
        ? Optional.of(stated(new FaultView.Statement(kind, person.name(), reason, NOON)))
        : Optional.empty();
  }

  @Override
  public List<PauseView> pauses() {
    return List.copyOf(pauses);
  }

  @Override
  public PauseView pause(String reason, Person person) {
    PauseView pause = new PauseView("pause-" + pauses.size(), reason, person.name(), NOON);
    pauses.add(pause);
    return pause;
  }

  @Override
  public boolean resume(String pause, Person person) {
    return pauses.removeIf(existing -> existing.id().equals(pause));
  }

  @Override
  public List<HostView> hosts() {
    return List.of(
        new HostView(
            "web-1", Map.of("rack", "r1"), "6.12.0", "0.1.0", List.of("end-process"), NOON));
  }

  private static IncidentView incident() {
    return stated(null);
  }

  private static IncidentView stated(FaultView.@Nullable Statement stated) {
    AlertView alert =
        new AlertView(
            Map.of("alertname", "RunawayProcess", "instance", "web-1"),
            Map.of("summary", "a process runs away"),
            "firing",
            Double.NaN,
            NOON,
            NOON.plusMillis(1_500));
    return new IncidentView(
        "inc-1",
        "web-1",
        "RunawayProcess on web-1",
        "open",
        "critical",
        NOON,
        null,
        List.of(alert),
        List.of(new TimelineEntry(NOON, "incident-opened", "2 alerts")),
        List.of("rem-1", "rem-2"),
        new FaultView(
            NOON,
            List.of(new KindProbability("fd-leak", 0.875)),
            "",
            List.of(new Contribution("files", 9_000, Double.NaN, 0.5)),
            stated));
  }

  private static RemediationView remediation(
      String id, String state, List<ApprovalView> approvals) {
    return new RemediationView(
        id,
        "inc-1",
        "web-1",
        "end-process",
        Map.of("pid", "4711"),
        "medium",
        "end-runaways",
        state,
        "",
        "rita",
        "00ff",
        1,
        new ArrayList<>(approvals),
        NOON.plusSeconds(2),
        state.equals("awaiting-approval") ? NOON.plusSeconds(902) : null);
  }
}
