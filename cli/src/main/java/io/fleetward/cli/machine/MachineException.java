package io.fleetward.cli.machine;

/// A single-machine mode that cannot go on; the message says what, where and how to mend it.
public final class MachineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MachineException(String message) {
    super(message);
  }
}
