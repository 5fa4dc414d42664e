package io.fleetward.models.table;

/// A table of numbers that cannot be used; the message says in which file, line and column, why,
/// and what to do.
public final class BadTableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadTableException(String message) {
    super(message);
  }
}
