package io.fleetward.models.training;

/// What the evidence says of a version.
public sealed interface Verdict {
  /// For people, with the numbers.
  String reason();

  /// It may take over.
  record For(String reason) implements Verdict {}

  /// It may not.
  record Against(String reason) implements Verdict {}

  /// Too few rows to tell.
  record Undecided(String reason) implements Verdict {}
}
