package io.fleetward.remediation.policy;

/// How far a policy goes by itself.
public enum Mode {
  /// Records what it would propose; nobody is asked, nothing runs.
  OBSERVE,
  /// Shows a proposal for people to carry out themselves; it never runs from here.
  SUGGEST,
  /// Asks for approval and runs once approved.
  APPROVE,
  /// Runs without asking where its approval says `none` and the risk allows it.
  AUTOMATIC
}
