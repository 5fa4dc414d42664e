package io.fleetward.service.training;

import io.fleetward.models.training.Pace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps a thread within a share of one core: it rests until the CPU time that it used is no more
/// than its share of the time that went by. Confined to that thread, but for [#end].
///
/// Unused time is not saved up: after a quiet hour training is as slow as before.
final class CpuBudget implements Pace {
  private static final long MOST_SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final double share;
  private final CountDownLatch ended = new CountDownLatch(1);
  private long usedBefore;
  private long nanosBefore;
  private double debt;

  /// The work is to end, because the service does.
  static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndedException() {
      super("training ends with the service");
    }
  }

  /// @param percent of one core, above 0
  CpuBudget(int percent) {
    this.share = percent / 100.0;
    this.nanosBefore = System.nanoTime();
  }

  /// Begins to count on the thread that calls.
  void begin() {
    usedBefore = threads.getCurrentThreadCpuTime();
    nanosBefore = System.nanoTime();
    debt = 0;
  }

  /// @throws EndedException after [#end]
  @Override
  public void rest() {
    account();
    if (debt > 0 && await(Duration.ofNanos((long) (debt / share)))) {
      throw new EndedException();
    }
  }

  private void account() {
    long used = threads.getCurrentThreadCpuTime();
    long nanos = System.nanoTime();
    debt += (used - usedBefore) - share * (nanos - nanosBefore);
    debt = Math.max(debt, -MOST_SAVED_NANOS * share);
    usedBefore = used;
    nanosBefore = nanos;
  }

  /// Waits, at most so long; true if the work is to end.
  boolean await(Duration most) {
    try {
      return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // somebody ends the whole process
      Thread.currentThread().interrupt();
      return true;
    }
  }

  boolean isEnded() {
    return ended.getCount() == 0;
  }

  /// Ends the work at its next rest. Thread safe.
  void end() {
    ended.countDown();
  }

  /// CPU time of the thread that calls, in seconds.
  double usedSeconds() {
    return threads.getCurrentThreadCpuTime() / 1e9;
  }
}
