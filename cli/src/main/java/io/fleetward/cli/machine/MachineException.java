package io.fleetward.cli.machine;

/// A single-machine mode that cannot go on; the message says what, where and how to mend it.
public final class MachineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean wasRunning;

  public MachineException(String message) {
    this(message, false);
  }

  private MachineException(String message, boolean wasRunning) {
    super(message);
    this.wasRunning = wasRunning;
  }

  /// A process that ended after it had been ready.
  static MachineException whileRunning(String message) {
    return new MachineException(message, true);
  }

  /// Whether everything had been up before.
  public boolean wasRunning() {
    return wasRunning;
  }
}
