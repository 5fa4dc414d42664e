package io.fleetward.cli.operator;

/// An option or a file that cannot be used; the message says what to write instead.
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }
}
