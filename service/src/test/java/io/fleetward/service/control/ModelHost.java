package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A host of a [ModelWorld] as it should be: processes run away on it, its alerts are told, and it
/// carries out what it may.
final class ModelHost {
  private static final Duration PENDING = Duration.ofSeconds(5);

  private final String instance;
  private final int number;
  private final RandomGenerator random;
  private final boolean remembersNonces;
  private final Set<String> nonces = new HashSet<>();
  private final List<Executed> executions = new ArrayList<>();
  private final List<Fault> faults = List.of(new Fault("Cpu"), new Fault("Memory"));
  private int faultsSoFar;
  private @Nullable Running running;

  /// A plan that this host began.
  record Executed(Plan plan, Instant at, Instant endsAt) {}

  private record Running(Plan plan, Instant endsAt, Status end) {}

  ModelHost(int number, RandomGenerator random, boolean remembersNonces) {
    this.instance = "web-" + number;
    this.number = number;
    this.random = random;
    this.remembersNonces = remembersNonces;
  }

  String instance() {
    return instance;
  }

  List<Executed> executions() {
    return executions;
  }

  /// Whose process a pid is.
  static String hostOf(String pid) {
    return "web-" + Integer.parseInt(pid) / 1_000;
  }

  /// A process that runs away, then does not any more.
  private static final class Fault {
    private final String resource;
    private @Nullable Alerts alert;
    private @Nullable Instant resolvedAt;

    Fault(String resource) {
      this.resource = resource;
    }

    boolean lasts() {
      return alert != null && resolvedAt == null;
    }

    boolean isOf(String pid) {
      return alert != null && pid.equals(alert.labels().get("pid"));
    }

    void end(Instant now) {
      if (lasts()) {
        resolvedAt = now;
      }
    }

    Optional<AlertMessage> evaluate(Instant now) {
      if (alert == null || !now.isAfter(alert.activeAt())) {
        return Optional.empty();
      }
      Instant firesAt = alert.activeAt().plus(PENDING);
      if (resolvedAt == null) {
        return Optional.of(now.isBefore(firesAt) ? alert.pending(now) : alert.firing(now));
      }
      return Optional.of(resolvedAt.isBefore(firesAt) ? alert.ceased(now) : alert.resolved(now));
    }
  }

  /// Lets a process run away.
  ///
  /// @param complete whether its alert says all that an action needs to know
  void breakDown(Instant now, boolean complete) {
    Fault fault = faults.get(random.nextInt(faults.size()));
    if (!fault.lasts()) {
      Alerts whole =
          Alerts.runaway(Integer.toString(number * 1_000 + ++faultsSoFar))
              .with("alertname", "HostProcessRunaway" + fault.resource)
              .on(instance)
              .activeSince(now);
      fault.alert = complete ? whole : whole.without("uid");
      fault.resolvedAt = null;
    }
  }

  /// A process ends by itself.
  void recover(Instant now) {
    faults.get(random.nextInt(faults.size())).end(now);
  }

  /// What scoring says of this host now.
  List<AlertMessage> evaluate(Instant now) {
    return faults.stream().flatMap(fault -> fault.evaluate(now).stream()).toList();
  }

  /// Takes in a plan, and says what it reports at once.
  ///
  /// @param heartbeat that decides, empty if none is fresh
  Outcome offer(Plan plan, Instant now, Optional<Heartbeat> heartbeat) {
    String refusal = refusal(plan, now, heartbeat);
    if (!refusal.isEmpty()) {
      return outcome(plan, Status.REFUSED, refusal, now);
    }
    nonces.add(plan.nonce());
    Instant endsAt = now.plusSeconds(random.nextInt(1, 15));
    executions.add(new Executed(plan, now, endsAt));
    Status[] ends = {Status.SUCCEEDED, Status.SUCCEEDED, Status.FAILED, Status.UNKNOWN};
    running = new Running(plan, endsAt, ends[random.nextInt(ends.length)]);
    return outcome(plan, Status.STARTED, "", now);
  }

  private String refusal(Plan plan, Instant now, Optional<Heartbeat> heartbeat) {
    if (!now.isBefore(plan.expiresAt())) {
      return "expired";
    }
    if (remembersNonces && nonces.contains(plan.nonce())) {
      return "replayed";
    }
    if (heartbeat.isEmpty()) {
      return "no-heartbeat";
    }
    return heartbeat.get().paused() ? "paused" : "";
  }

  /// What the host reports as time goes by.
  Optional<Outcome> work(Instant now) {
    Running action = running;
    if (action == null || now.isBefore(action.endsAt())) {
      return Optional.empty();
    }
    running = null;
    if (action.end() == Status.SUCCEEDED && random.nextInt(100) < 70) {
      String pid = action.plan().parameters().getOrDefault("pid", "");
      faults.stream().filter(fault -> fault.isOf(pid)).forEach(fault -> fault.end(action.endsAt()));
    }
    return Optional.of(outcome(action.plan(), action.end(), "", action.endsAt()));
  }

  private static Outcome outcome(Plan plan, Status status, String reason, Instant at) {
    return new Outcome(
        plan.id(),
        plan.remediation(),
        plan.instance(),
        status,
        reason,
        "",
        Map.of("process", "running"),
        status == Status.SUCCEEDED ? Map.of("process", "gone") : Map.of(),
        "",
        at);
  }
}
