package io.fleetward.bench.scoring;

/// What NAB v1.1 weighs most.
public enum NabProfile {
  STANDARD("standard", 0.11, 1),
  REWARD_LOW_FALSE_POSITIVES("reward_low_FP_rate", 0.22, 1),
  REWARD_LOW_FALSE_NEGATIVES("reward_low_FN_rate", 0.11, 2);

  private final String key;
  private final double falseAlarm;
  private final double missedWindow;

  NabProfile(String key, double falseAlarm, double missedWindow) {
    this.key = key;
    this.falseAlarm = falseAlarm;
    this.missedWindow = missedWindow;
  }

  /// NAB's own name of it.
  public String key() {
    return key;
  }

  double falseAlarm() {
    return falseAlarm;
  }

  double missedWindow() {
    return missedWindow;
  }
}
