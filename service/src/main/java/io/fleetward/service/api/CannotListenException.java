package io.fleetward.service.api;

import io.fleetward.protocol.configuration.ListenAddress;

/// The API's address cannot be listened on; the message says why and what to change.
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }

  static CannotListenException of(ListenAddress address, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    String key = "api.listen (FLEETWARD_API_LISTEN)";
    String message =
        reason.contains("in use")
            ? "port %d on %s is in use by another process; stop that process, or set %s to another port"
                .formatted(address.port(), address.host(), key)
            : "cannot listen on %s (%s); set %s to an address of this machine and a free port"
                .formatted(address, reason, key);
    return new CannotListenException(message, cause);
  }
}
