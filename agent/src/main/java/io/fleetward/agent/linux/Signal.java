package io.fleetward.agent.linux;

/// The signals that end processes.
public enum Signal {
  KILL(9),
  TERM(15);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /// Sends this to every process of a group.
  ///
  /// @param group the process id of the group's leader, 2 or more
  /// @return whether there was anybody to receive it
  public boolean sendToGroup(long group) {
    if (group < 2 || group > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("%d is no process group of ours".formatted(group));
    }
    return Libc.kill((int) -group, number) == 0;
  }

  /// Sends this to one process.
  ///
  /// @param process a process id, 2 or more
  public boolean sendTo(long process) {
    if (process < 2 || process > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("%d is no process to signal".formatted(process));
    }
    return Libc.kill((int) process, number) == 0;
  }
}
