package io.fleetward.service.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.desk.Desk;
import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.PauseView;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.TraceEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contract's operations, each a question to the desk. Runs on worker threads: the desk waits
/// for its database.
final class DeskOperations {
  private final Desk desk;

  DeskOperations(Desk desk) {
    this.desk = desk;
  }

  /// What answers each operation, by its `operationId`.
  Map<String, Function<Question, Answer>> byId() {
    return Map.ofEntries(
        Map.entry("incidents", this::incidents),
        Map.entry("incident", this::incident),
        Map.entry("trace", this::trace),
        Map.entry("stateFault", this::stateFault),
        Map.entry("remediations", this::remediations),
        Map.entry("remediation", this::remediation),
        Map.entry("decide", this::decide),
        Map.entry("pauses", _ -> Answer.json(200, new Pauses(desk.pauses()))),
        Map.entry("pause", this::pause),
        Map.entry("resume", this::resume),
        Map.entry("hosts", _ -> Answer.json(200, new Hosts(desk.hosts()))));
  }

  private Answer incidents(Question question) {
    return Answer.json(200, new Incidents(desk.incidents(question.state(), question.limit())));
  }

  private Answer incident(Question question) {
    return desk.incident(question.id())
        .map(incident -> Answer.json(200, new IncidentDetails(incident, desk.trace(incident.id()))))
        .orElseGet(() -> missing("incident", question.id()));
  }

  private Answer stateFault(Question question) {
    return desk.stateFault(
            question.id(),
            question.text("kind"),
            question.text("reason"),
            question.caller().person())
        .map(incident -> Answer.json(201, incident))
        .orElseGet(() -> missing("incident", question.id()));
  }

  private Answer trace(Question question) {
    return desk.incident(question.id())
        .map(incident -> Answer.json(200, new Trace(desk.trace(incident.id()))))
        .orElseGet(() -> missing("incident", question.id()));
  }

  private Answer remediations(Question question) {
    return Answer.json(
        200, new Remediations(desk.remediations(question.state(), question.limit())));
  }

  private Answer remediation(Question question) {
    return desk.remediation(question.id())
        .map(remediation -> Answer.json(200, remediation))
        .orElseGet(() -> missing("remediation", question.id()));
  }

  private Answer decide(Question question) {
    Verdict verdict =
        switch (question.text("decision")) {
          case "approve" -> Verdict.APPROVE;
          case "reject" -> Verdict.REJECT;
          case String other ->
              throw new IllegalStateException("the contract let \"%s\" pass".formatted(other));
        };
    Decision decision =
        desk.decide(question.id(), verdict, question.text("reason"), question.caller().person());
    return switch (decision) {
      case Decision.Recorded(RemediationView remediation) -> Answer.json(201, remediation);
      case Decision.NoSuchRemediation(String id) -> missing("remediation", id);
      case Decision.NotAwaiting(String id, String state) ->
          Answer.problem(
              Kind.NOT_AWAITING,
              "remediation \"%s\" is %s; only one that awaits approval can be decided on"
                  .formatted(id, state));
      case Decision.Forbidden(String reason) ->
          Answer.problem(
              Kind.MUST_NOT_DECIDE, reason + "; ask somebody else with the role approver or admin");
    };
  }

  private Answer pause(Question question) {
    PauseView pause = desk.pause(question.text("reason"), question.caller().person());
    return Answer.json(201, pause)
        .with("Location", "%s/pauses/%s".formatted(Contract.MOUNTED_AT, pause.id()));
  }

  private Answer resume(Question question) {
    return desk.resume(question.id(), question.caller().person())
        ? Answer.empty()
        : missing("pause", question.id());
  }

  private static Answer missing(String what, String id) {
    return Answer.problem(
        Kind.NOT_FOUND,
        "there is no %s \"%s\"; list what there is with GET %s/%ss"
            .formatted(what, id, Contract.MOUNTED_AT, what));
  }

  private record Incidents(List<IncidentView> incidents) {}

  private record IncidentDetails(@JsonUnwrapped IncidentView incident, List<TraceEntry> trace) {}

  private record Trace(List<TraceEntry> trace) {}

  private record Remediations(List<RemediationView> remediations) {}

  private record Pauses(List<PauseView> pauses) {}

  private record Hosts(List<HostView> hosts) {}
}
