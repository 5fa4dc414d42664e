package io.fleetward.agent.collector.processes;

import java.util.Arrays;

/// CPU ticks of every process as last read, in flat arrays: a few hundred processes cost no
/// objects. Confined to the collecting thread.
final class ProcessTicks {
  private int[] pids = new int[1024];
  private long[] starts = new long[1024];
  private long[] ticks = new long[1024];
  private long[] rounds = new long[1024];
  private int size;
  private long round = 1;

  /// Stores a process' ticks and returns how many it used since the round before; all of them if it
  /// was not there then.
  long since(int pid, long start, long newTicks) {
    int at = find(pid);
    boolean isSame = pids[at] == pid && starts[at] == start && rounds[at] == round - 1;
    long used = isSame ? newTicks - ticks[at] : newTicks;
    if (pids[at] == 0) {
      size++;
    }
    pids[at] = pid;
    starts[at] = start;
    ticks[at] = newTicks;
    rounds[at] = round;
    return Math.max(0, used);
  }

  /// Ends a round.
  void nextRound() {
    if (2 * size > pids.length) {
      rebuild();
    }
    round++;
  }

  /// Whether nothing was read before, so that ticks say nothing about the present.
  boolean isFirstRound() {
    return round == 1;
  }

  private int find(int pid) {
    int mask = pids.length - 1;
    int at = ((pid * 0x9E3779B9) >>> 16) & mask;
    while (pids[at] != 0 && pids[at] != pid) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /// Drops the processes that are gone, and grows if there are many.
  private void rebuild() {
    int[] oldPids = pids;
    long[] oldStarts = starts;
    long[] oldTicks = ticks;
    long[] oldRounds = rounds;
    long current = Arrays.stream(oldRounds).filter(r -> r == round).count();
    int capacity = Math.max(1024, Integer.highestOneBit((int) current) * 8);
    pids = new int[capacity];
    starts = new long[capacity];
    ticks = new long[capacity];
    rounds = new long[capacity];
    size = 0;
    for (int i = 0; i < oldPids.length; i++) {
      if (oldPids[i] != 0 && oldRounds[i] == round) {
        since(oldPids[i], oldStarts[i], oldTicks[i]);
      }
    }
  }
}
