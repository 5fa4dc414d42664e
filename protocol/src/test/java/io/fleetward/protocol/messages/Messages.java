package io.fleetward.protocol.messages;

import io.fleetward.protocol.signing.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One example of each message, every field filled.
final class Messages {
  static final Instant AT = Instant.parse("2026-11-02T12:00:05.250Z");

  private Messages() {}

  /// The examples by the names of their golden files.
  static Map<String, Object> examples() {
    Map<String, Object> examples = new LinkedHashMap<>();
    examples.put("plan", plan());
    examples.put("outcome", outcome());
    examples.put(
        "rehearsal",
        new Rehearsal(
            "rehearsal-1",
            "remediation-1",
            "web-1",
            "12".repeat(32),
            "restart-unit",
            Map.of("unit", "nova-compute.service"),
            AT,
            AT.plusSeconds(60)));
    examples.put(
        "rehearsal-answer",
        new RehearsalAnswer(
            "rehearsal-1",
            "remediation-1",
            "web-1",
            false,
            "budget",
            "was begun 3 times within PT1H; this host allows 3",
            Map.of("evidence", "ActiveEnterTimestampMonotonic=12"),
            AT));
    examples.put("heartbeat", new Heartbeat("service-1", AT, true, "alice: maintenance"));
    examples.put("host-announcement", hostAnnouncement());
    examples.put("alert-pending", alert(new AlertMessage.State.Pending(AT)));
    examples.put("alert-firing", firing());
    examples.put(
        "alert-resolved",
        alert(new AlertMessage.State.Resolved(AT, AT.plusSeconds(60), AT.plusSeconds(90))));
    examples.put(
        "alert-dropped",
        alert(new AlertMessage.State.Dropped(AT, AT.plusSeconds(60), AT.plusSeconds(90))));
    examples.put("envelope", envelope());
    examples.put(
        "feature-row",
        new FeatureRow(
            "web-1",
            "host",
            "web",
            AT,
            Map.of("instance:cpu_busy:ratio", 0.25, "instance:forks:rate30s", 12.0),
            0.875,
            false));
    return examples;
  }

  static Plan plan() {
    return new Plan(
        "plan-1",
        "remediation-1",
        "web-1",
        "12".repeat(32),
        "restart-unit",
        Map.of("unit", "nova-compute.service", "reason", "ä"),
        "restart-nova@3",
        "ab".repeat(32),
        "cd".repeat(32),
        "nonce-1",
        AT,
        AT.plusSeconds(60),
        Duration.ofSeconds(90));
  }

  static Outcome outcome() {
    return new Outcome(
        "plan-1",
        "remediation-1",
        "web-1",
        Outcome.Status.SUCCEEDED,
        "",
        "restarted",
        Map.of("ActiveEnterTimestampMonotonic", "1"),
        Map.of("ActiveEnterTimestampMonotonic", "2"),
        "done\n",
        AT);
  }

  private static HostAnnouncement hostAnnouncement() {
    return new HostAnnouncement(
        "web-1",
        "12".repeat(32),
        Map.of("cluster", "a"),
        "0b1c",
        "6.12.0",
        "0.1.0",
        List.of("restart-unit", "vacuum-journal"),
        "ef".repeat(32),
        10_000,
        AT);
  }

  private static final AlertMessage.FaultSigns SIGNS =
      new AlertMessage.FaultSigns(
          AT.minusSeconds(2),
          List.of(
              new AlertMessage.KindProbability("unknown", 0.5),
              new AlertMessage.KindProbability("cpu-hog", 0.5)),
          "no kind is probable enough",
          List.of(new AlertMessage.Contribution("cpu", 0.97, 0.1, 0.8)));

  static AlertMessage firing() {
    return alert(new AlertMessage.State.Firing(AT, AT.plusSeconds(60)));
  }

  private static AlertMessage alert(AlertMessage.State state) {
    boolean resolved = state instanceof AlertMessage.State.Resolved;
    return new AlertMessage(
        "web-1",
        Map.of("alertname", "RunawayProcess", "instance", "web-1"),
        Map.of("summary", "a process runs away"),
        "processes",
        "process_cpu > 0.9",
        state,
        resolved ? Double.NaN : 0.97,
        AT,
        AT.minusSeconds(1),
        resolved ? null : AT.minusSeconds(5),
        resolved ? List.of() : List.of(new AlertMessage.Contribution("cpu", 0.97, 0.1, 0.8)),
        "12".repeat(32),
        resolved ? null : SIGNS,
        Provenance.PROVEN);
  }

  private static Envelope envelope() {
    return new Envelope(
        PayloadTypes.PLAN, "e30=", List.of(new Envelope.KeyedSignature("service-1", "AAAA")));
  }
}
