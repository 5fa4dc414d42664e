package io.fleetward.agent.collector.cgroup;

/// How many units may still be told. Confined to the collecting thread.
final class UnitBudget {
  private final int most;
  private int told;
  private int leftOut;

  UnitBudget(int most) {
    this.most = most;
  }

  void begin() {
    told = 0;
    leftOut = 0;
  }

  /// Whether one more may be told; one that may not is counted.
  boolean allowsOneMore() {
    if (told < most) {
      told++;
      return true;
    }
    leftOut++;
    return false;
  }

  int leftOut() {
    return leftOut;
  }
}
