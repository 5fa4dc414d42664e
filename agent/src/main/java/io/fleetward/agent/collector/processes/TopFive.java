package io.fleetward.agent.collector.processes;

/// The five processes with the largest amounts among those offered. Confined to the collecting
/// thread.
final class TopFive {
  static final int SIZE = 5;

  private final int[] pids = new int[SIZE];
  private final long[] amounts = new long[SIZE];
  private int count;

  void clear() {
    count = 0;
  }

  /// Takes part with an amount; 0 never wins.
  void offer(int pid, long amount) {
    if (amount <= 0 || (count == SIZE && amount <= amounts[SIZE - 1])) {
      return;
    }
    int at = count < SIZE ? count++ : SIZE - 1;
    while (at > 0 && amounts[at - 1] < amount) {
      amounts[at] = amounts[at - 1];
      pids[at] = pids[at - 1];
      at--;
    }
    amounts[at] = amount;
    pids[at] = pid;
  }

  boolean has(int pid) {
    for (int i = 0; i < count; i++) {
      if (pids[i] == pid) {
        return true;
      }
    }
    return false;
  }

  int count() {
    return count;
  }

  int pid(int place) {
    return pids[place];
  }
}
