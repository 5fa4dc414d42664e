package io.fleetward.rules.language;

/// What an expression yields.
public enum ValueType {
  NONE("none"),
  SCALAR("scalar"),
  STRING("string"),
  INSTANT_VECTOR("instant vector"),
  RANGE_VECTOR("range vector");

  private final String words;

  ValueType(String words) {
    this.words = words;
  }

  /// As Prometheus calls it: `instant vector`.
  public String words() {
    return words;
  }
}
