package io.fleetward.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/// A hold on one process (a pidfd): it keeps meaning that process even when its id is given to
/// another. Confined to one thread.
public final class ProcessHold implements AutoCloseable {
  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;
  private static final short POLLIN = 1;

  private final int descriptor;

  private ProcessHold(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Takes hold of a process; empty if there is none with this id.
  ///
  /// @throws IllegalStateException if the kernel is older than 5.3 and knows no pidfd
  public static Optional<ProcessHold> of(int processId) {
    long result = Libc.systemCall(PIDFD_OPEN, processId, 0, 0, 0);
    if (result == -Libc.ESRCH) {
      return Optional.empty();
    }
    if (result < 0) {
      throw new IllegalStateException(
          "pidfd_open(%d) failed with errno %d; Linux 5.3 or later is needed"
              .formatted(processId, -result));
    }
    return Optional.of(new ProcessHold((int) result));
  }

  /// Sends a signal; false if the process is gone.
  ///
  /// @throws IllegalStateException if this user may not signal it
  public boolean send(Signal signal) {
    long result = Libc.systemCall(PIDFD_SEND_SIGNAL, descriptor, signal.number(), 0, 0);
    if (result == -Libc.ESRCH) {
      return false;
    }
    if (result < 0) {
      throw new IllegalStateException("sending %s failed with errno %d".formatted(signal, -result));
    }
    return true;
  }

  /// Waits until the process has ended.
  ///
  /// @return whether it ended in time
  public boolean awaitEnd(Duration limit) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(ValueLayout.JAVA_INT, 0, descriptor);
      poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      long deadline = System.nanoTime() + limit.toNanos();
      long left = limit.toMillis();
      do {
        if (Libc.poll(poll, 1, Math.clamp(left, 0, Integer.MAX_VALUE)) > 0) {
          return true;
        }
        left = (deadline - System.nanoTime()) / 1_000_000;
      } while (left > 0);
      return false;
    }
  }

  @Override
  public void close() {
    Libc.close(descriptor);
  }
}
