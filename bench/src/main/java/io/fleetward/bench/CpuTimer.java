package io.fleetward.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// Times work on the calling thread by the processor time and the memory it takes, so that other
/// processes disturb less than they would a clock. Confined to one thread.
final class CpuTimer {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final int rounds;
  private final long nanosARound;
  private long sink;

  CpuTimer(Effort effort) {
    rounds =
        switch (effort) {
          case QUICK -> 5;
          case FULL -> 15;
        };
    nanosARound =
        switch (effort) {
          case QUICK -> NANOS_A_SECOND / 4;
          case FULL -> 2 * NANOS_A_SECOND;
        };
  }

  /// What one call took.
  ///
  /// @param nanos of processor time, the median of all rounds
  /// @param slowest the slowest round's
  /// @param bytes allocated
  record Cost(double nanos, double slowest, double bytes) {}

  /// Calls work again and again with 0, 1, 2, …; the first round is not counted.
  ///
  /// @param work returns anything that depends on all it did, so that none of it can be left out
  Cost time(IntToLongFunction work) {
    round(work);
    Cost[] costs = new Cost[rounds];
    for (int i = 0; i < rounds; i++) {
      costs[i] = round(work);
    }
    double[] nanos = Arrays.stream(costs).mapToDouble(Cost::nanos).sorted().toArray();
    double[] bytes = Arrays.stream(costs).mapToDouble(Cost::bytes).sorted().toArray();
    return new Cost(nanos[rounds / 2], nanos[rounds - 1], bytes[rounds / 2]);
  }

  private Cost round(IntToLongFunction work) {
    long bytesBefore = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    long nanos = 0;
    int calls = 0;
    while (nanos < nanosARound) {
      for (int i = 0; i < 64; i++) {
        sink += work.applyAsLong(calls++);
      }
      nanos = threads.getCurrentThreadCpuTime() - start;
    }
    double bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
    return new Cost((double) nanos / calls, (double) nanos / calls, bytes / calls);
  }

  /// A number that keeps the compiler from leaving work out.
  long sink() {
    return sink;
  }
}
