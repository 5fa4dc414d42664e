package io.fleetward.cli.client;

import java.io.IOException;
import java.net.URI;

/// Nothing that speaks Fleetward's API answered; the message says what to check.
public final class ServerUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ServerUnreachableException(String message) {
    super(message);
  }

  static ServerUnreachableException of(URI server, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ServerUnreachableException(
        "cannot reach the service at %s (%s); check that it runs and that --server names its address"
            .formatted(server, reason));
  }

  static ServerUnreachableException strange(URI server, int status) {
    return new ServerUnreachableException(
        "what answers at %s is no Fleetward service (status %d, no JSON that we know); check --server"
            .formatted(server, status));
  }
}
