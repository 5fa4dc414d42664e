package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.TraceEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What happened in a [ModelWorld], as an observer outside saw it.
final class ModelHistory {
  /// @param process that took it in
  record Heard(int process, AlertMessage message, Instant at) {
    String pid() {
      return message.labels().getOrDefault("pid", "");
    }
  }

  /// @param shown the parameters of the action, as that person saw them
  record Decided(
      String remediation, String person, Verdict verdict, Map<String, String> shown, Instant at) {}

  /// @param to when it ended; the end of time while it lasts
  record Paused(Instant from, Instant to) {}

  /// @param appendedAt when the log had it first
  record Sent(Plan plan, Instant appendedAt) {}

  final List<Heard> heard = new ArrayList<>();
  final List<Decided> decided = new ArrayList<>();
  final List<Paused> paused = new ArrayList<>();
  final Map<Integer, Instant> started = new LinkedHashMap<>();
  final List<ModelHost.Executed> executed = new ArrayList<>();

  /// What went wrong while it happened.
  final List<String> broken = new ArrayList<>();

  // as it stood at the end
  final Map<String, Sent> sent = new LinkedHashMap<>();
  final List<RemediationView> remediations = new ArrayList<>();
  final List<TraceEntry> traces = new ArrayList<>();
}
