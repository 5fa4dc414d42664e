package io.fleetward.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.machine.Machine;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.IncidentView.TimelineEntry;
import io.fleetward.service.desk.RemediationView;
import java.io.Console;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Follows one fault from its start to the verified repair, tells each step as the service reports
/// it, and asks the person for approval. On the demo's thread.
final class Repair {
  private static final Set<String> ENDED =
      Set.of("verified", "escalated", "blocked", "rejected", "expired", "superseded", "withdrawn");

  private final Stages stages;
  private final FleetwardClient client;
  private final Machine machine;
  private final DemoOptions options;
  private final Narrator narrator;
  private final RunawayProcess runaway;
  private final Instant fault = Instant.now();
  private final Set<String> told = new HashSet<>();

  Repair(
      Stages stages,
      FleetwardClient client,
      Machine machine,
      DemoOptions options,
      Narrator narrator,
      RunawayProcess runaway) {
    this.stages = stages;
    this.client = client;
    this.machine = machine;
    this.options = options;
    this.narrator = narrator;
    this.runaway = runaway;
  }

  /// @throws DemoFailure if the repair is not verified
  void follow() throws InterruptedException {
    narrator.say(
        "FAULT  started a runaway process (%s), pid %d.",
        options.fault() == Fault.MEMORY ? "grows memory" : "burns CPU", runaway.pid());
    RemediationView proposed =
        stages.await(
            "detection",
            "the fault was not detected, or no repair proposed",
            this::proposalForRunaway);
    tellTimeline(proposed.incident());
    RemediationView decided = approval(proposed);
    RemediationView ended =
        stages.await(
            "repair",
            "the repair did not come to an end",
            () -> {
              tellTimeline(decided.incident());
              return current(decided.id()).filter(now -> ENDED.contains(now.state()));
            });
    tellTimeline(ended.incident());
    conclude(ended);
  }

  /// Only a repair that ends our own process concerns the demo; nothing else is ever approved.
  private Optional<RemediationView> proposalForRunaway() {
    String pid = Long.toString(runaway.pid());
    return client.remediations(Optional.empty()).value().stream()
        .filter(remediation -> pid.equals(remediation.parameters().get("pid")))
        .findFirst();
  }

  private Optional<RemediationView> current(String id) {
    return Optional.of(client.remediation(id).value());
  }

  private void tellTimeline(String incident) {
    IncidentView view = client.incident(incident).value().incident();
    for (TimelineEntry entry : view.timeline()) {
      if (told.add(entry.at() + entry.what())) {
        narrator.step(entry.what(), entry.detail());
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null in a JVM without java.base's terminal
  private RemediationView approval(RemediationView proposed) throws InterruptedException {
    narrator.say("APPROVAL  wanted for: %s %s", proposed.action(), proposed.parameters());
    narrator.plain(
        """
        curl -X POST -H "Authorization: Bearer $(cat %2$s)" -H 'Content-Type: application/json' \\
          -d '{"decision": "approve", "reason": "demo"}' %1$s/api/v1/remediations/%3$s/approvals
        ./fleetward approve %3$s --reason demo --server %1$s --token-file %2$s
        """
            .formatted(machine.serviceUri(), machine.files().approverToken(), proposed.id()));
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    if (options.approve()) {
      narrator.say("Approving, as --approve asks.");
      return client.decide(proposed.id(), Verdict.APPROVE, "fleetward demo --approve");
    }
    if (terminal) {
      forgetTyped();
      narrator.say("Press Enter to approve, or r and Enter to reject.");
    }
    return stages.await(
        "approval",
        "nobody approved; use one of the commands above, or --approve",
        () -> {
          if (terminal) {
            keystroke(proposed.id());
          }
          return current(proposed.id()).filter(now -> !now.state().equals("awaiting-approval"));
        });
  }

  /// Enter alone approves; what was typed before the question does not count.
  private void keystroke(String id) {
    try {
      if (System.in.available() > 0) {
        String typed = new String(System.in.readNBytes(System.in.available()), UTF_8).strip();
        switch (typed) {
          case "" -> client.decide(id, Verdict.APPROVE, "keystroke in fleetward demo");
          case "r" -> client.decide(id, Verdict.REJECT, "keystroke in fleetward demo");
          default -> narrator.say("Press Enter to approve, or r and Enter to reject.");
        }
      }
    } catch (IOException e) {
      throw new DemoFailure("approval", "the terminal cannot be read: " + e.getMessage());
    }
  }

  private static void forgetTyped() {
    try {
      System.in.skipNBytes(System.in.available());
    } catch (IOException e) {
      throw new DemoFailure("approval", "the terminal cannot be read: " + e.getMessage());
    }
  }

  private void conclude(RemediationView ended) {
    IncidentView incident = client.incident(ended.incident()).value().incident();
    narrator.plain("");
    narrator.plain(Timeline.table(fault, incident.timeline(), ZoneId.systemDefault()));
    if (!ended.state().equals("verified")) {
      throw new DemoFailure(
          "repair", "ended as \"%s\": %s".formatted(ended.state(), ended.stateDetail()));
    }
    if (runaway.isAlive()) {
      throw new DemoFailure("repair", "reported as verified, but the process is still alive");
    }
    narrator.say(
        "VERIFIED  the runaway process is gone (ended by signal %d).", runaway.exitStatus() - 128);
  }
}
