package io.fleetward.agent.linux;

import java.io.IOException;

/// A file of the kernel that does not look as the kernel writes it.
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedFileException(String file, int line, String problem) {
    super("%s:%d: %s".formatted(file, line, problem));
  }
}
