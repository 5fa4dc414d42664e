package io.fleetward.agent.dbus;

import java.io.IOException;

/// Bytes that are no D-Bus message, or one that does not hold what was asked for.
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String problem) {
    super("malformed D-Bus message: " + problem);
  }
}
