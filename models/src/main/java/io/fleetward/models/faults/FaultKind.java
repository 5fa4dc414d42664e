package io.fleetward.models.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What an operator would call a fault of a host.
public enum FaultKind {
  /// No fault: the host does more of what it always does.
  HEALTHY_LOAD,
  /// Processes compute without end.
  CPU_HOG,
  /// A process takes more and more memory.
  MEMORY_LEAK,
  /// A process holds much memory.
  MEMORY_HOG,
  /// A filesystem loses space.
  DISK_FILLING,
  /// A filesystem loses inodes to many small files.
  INODE_FILLING,
  /// A disk is busy with reads and writes.
  DISK_LOAD,
  /// A disk is busy with small writes that must each be safe.
  SYNC_STORM,
  /// A log is written to by the thousand lines.
  LOG_FLOOD,
  /// A process starts, fails and is started again.
  CRASH_LOOP,
  /// Processes are made without end.
  FORK_STORM,
  /// Processes or threads are made and never end.
  TASK_LEAK,
  /// Files are opened and never closed.
  FD_LEAK,
  /// Connections are opened and never closed.
  SOCKET_LEAK,
  /// The network carries far more than it did.
  NETWORK_FLOOD,
  /// Packets are dropped, or have to be sent again.
  PACKET_LOSS,
  /// Tasks wake each other without end.
  CONTEXT_SWITCHES,
  /// None of the kinds that are known, or not enough to tell.
  UNKNOWN;

  /// The name that people read, such as `memory-leak`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of that name; empty if there is none.
  public static Optional<FaultKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }

  /// Its place in arrays that have one element for each kind, none of which outlives the program.
  @SuppressWarnings("EnumOrdinal")
  int place() {
    return ordinal();
  }

  @SuppressWarnings("EnumOrdinal")
  static FaultKind at(int place) {
    return values()[place];
  }
}
