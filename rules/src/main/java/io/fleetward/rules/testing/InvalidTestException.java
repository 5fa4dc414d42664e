package io.fleetward.rules.testing;

/// A test file that cannot be read.
public final class InvalidTestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidTestException(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
