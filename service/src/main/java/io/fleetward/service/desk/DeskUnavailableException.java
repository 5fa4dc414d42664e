package io.fleetward.service.desk;

/// The desk cannot answer now, because its database cannot be reached; later it may.
public final class DeskUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeskUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
