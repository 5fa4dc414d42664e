package io.fleetward.protocol.signing;

/// A file that should hold a key and does not.
public final class InvalidKeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidKeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
