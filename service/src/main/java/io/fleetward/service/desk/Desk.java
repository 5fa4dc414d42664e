package io.fleetward.service.desk;

import java.util.List;
import java.util.Optional;

/// Where people look at incidents and decide on remediations. Thread safe; calls may wait for the
/// database, so never call it on an event loop.
public interface Desk {
  /// Incidents, newest first.
  ///
  /// @param state only those in this state, such as `open` or `resolved`; empty for all
  /// @param limit at most this many, 1 to 1000
  List<IncidentView> incidents(Optional<String> state, int limit);

  Optional<IncidentView> incident(String id);

  /// Every decision about an incident with its inputs, oldest first: why, and why not.
  List<TraceEntry> trace(String incident);

  /// Remediations, newest first.
  ///
  /// @param state only those in this state, such as `awaiting-approval`; empty for all
  /// @param limit at most this many, 1 to 1000
  List<RemediationView> remediations(Optional<String> state, int limit);

  Optional<RemediationView> remediation(String id);

  /// Records a person's decision on a remediation.
  Decision decide(String remediation, Verdict verdict, String reason, Person person);

  /// Records what kind of fault a person says an incident is; a later word replaces an earlier one.
  ///
  /// @param kind one of the kinds that the contract lists
  /// @return the incident as it stands then; empty if there is none of that id
  Optional<IncidentView> stateFault(String incident, String kind, String reason, Person person);

  /// What is paused now.
  List<PauseView> pauses();

  /// Stops every new action until resumed.
  PauseView pause(String reason, Person person);

  /// Ends a pause; false if there is none of that id.
  boolean resume(String pause, Person person);

  /// Hosts that were seen, by instance.
  List<HostView> hosts();

  /// Who is asking.
  record Person(String name) {}

  /// A person's decision.
  enum Verdict {
    APPROVE,
    REJECT
  }

  /// What came of a decision.
  sealed interface Decision {
    /// @param remediation as it stands after the decision
    record Recorded(RemediationView remediation) implements Decision {}

    record NoSuchRemediation(String id) implements Decision {}

    /// The remediation is not waiting for a decision.
    ///
    /// @param state the state that it is in
    record NotAwaiting(String id, String state) implements Decision {}

    /// This person must not decide on this remediation.
    ///
    /// @param reason why, such as "the requester cannot approve"
    record Forbidden(String reason) implements Decision {}
  }
}
