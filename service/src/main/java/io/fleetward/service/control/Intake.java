package io.fleetward.service.control;

/// Takes in the records of one topic.
interface Intake {
  Taken take(Inbound inbound);

  /// What came of a record.
  sealed interface Taken {
    record Understood() implements Taken {}

    /// @param code one of few, for counting
    /// @param reason for a person
    record Unreadable(String code, String reason) implements Taken {}
  }
}
