package io.fleetward.agent.action;

import java.util.Optional;

/// Why a built-in action must not begin on its target.
///
/// @param reason [Refusal#PROTECTED], [Refusal#TARGET_GONE] or [Refusal#PRECONDITION]
record Objection(Refusal reason, String detail) {
  static Optional<Objection> forbidden(String detail) {
    return Optional.of(new Objection(Refusal.PROTECTED, detail));
  }

  static Optional<Objection> gone(String detail) {
    return Optional.of(new Objection(Refusal.TARGET_GONE, detail));
  }

  static Optional<Objection> unmet(String detail) {
    return Optional.of(new Objection(Refusal.PRECONDITION, detail));
  }
}
