package io.fleetward.service.store;

/// A database that cannot be opened, read or written; says why and what to do.
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
