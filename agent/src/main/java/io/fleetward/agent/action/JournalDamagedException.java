package io.fleetward.agent.action;

/// A journal that cannot be trusted any more: something before its last record was changed.
final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalDamagedException(String message) {
    super(message);
  }
}
