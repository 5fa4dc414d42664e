package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Alert messages about a runaway process: `Alerts.runaway("4711").on("web-1").firing(at)`.
record Alerts(String instance, Map<String, String> labels, Instant activeAt, String summary) {
  static final Instant ACTIVE_AT = Instant.parse("2026-11-01T10:00:00Z");

  static Alerts runaway(String pid) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("alertname", "HostProcessRunawayCpu");
    labels.put("severity", "warning");
    labels.put("pid", pid);
    labels.put("start", "99");
    labels.put("executable", "/usr/bin/burn");
    labels.put("uid", "1000");
    labels.put("boot_id", "0a1b2c3d-0000-1111-2222-333344445555");
    return new Alerts("web-1", labels, ACTIVE_AT, "process runs away");
  }

  Alerts on(String host) {
    return new Alerts(host, labels, activeAt, summary);
  }

  Alerts without(String label) {
    Map<String, String> fewer = new TreeMap<>(labels);
    fewer.remove(label);
    return new Alerts(instance, fewer, activeAt, summary);
  }

  Alerts with(String label, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(label, value);
    return new Alerts(instance, more, activeAt, summary);
  }

  Alerts summary(String text) {
    return new Alerts(instance, labels, activeAt, text);
  }

  Alerts activeSince(Instant at) {
    return new Alerts(instance, labels, at, summary);
  }

  AlertMessage pending(Instant at) {
    return message(new State.Pending(activeAt), at);
  }

  AlertMessage firing(Instant at) {
    return message(new State.Firing(activeAt, activeAt.plusSeconds(5)), at);
  }

  AlertMessage resolved(Instant at) {
    return message(new State.Resolved(activeAt, activeAt.plusSeconds(5), at), at);
  }

  AlertMessage dropped(Instant at) {
    return message(new State.Dropped(activeAt, activeAt.plusSeconds(5), at), at);
  }

  AlertMessage ceased(Instant at) {
    return message(new State.Resolved(activeAt, null, at), at);
  }

  /// Resolved earlier, on a host that is anomalous anew.
  AlertMessage toldAgain(Instant resolvedAt, Instant at) {
    return message(new State.Resolved(activeAt, activeAt.plusSeconds(5), resolvedAt), at, at);
  }

  private AlertMessage message(State state, Instant at) {
    return message(state, at, activeAt.minusSeconds(2));
  }

  private AlertMessage message(State state, Instant at, Instant anomalousSince) {
    return new AlertMessage(
        instance,
        labels,
        Map.of("summary", summary),
        "host-processes",
        "process_cpu > 0.9",
        state,
        0.97,
        at,
        at,
        anomalousSince,
        List.of(new AlertMessage.Contribution("cpu", 0.97, 0.1, 0.8)),
        "rules-1",
        null,
        Provenance.PROVEN);
  }
}
