package io.fleetward.service.store;

/// A database that cannot be opened, read or written; says why and what to do.
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What lies at the bottom of a failure, such as "No space left on device".
  static String reasonOf(Throwable failure) {
    Throwable reason = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      reason = cause;
    }
    return String.valueOf(reason.getMessage());
  }
}
