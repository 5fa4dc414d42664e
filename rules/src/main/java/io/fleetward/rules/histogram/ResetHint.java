package io.fleetward.rules.histogram;

import java.util.Locale;
import java.util.Optional;

/// What a histogram says about the one before it.
public enum ResetHint {
  /// Nothing: only comparing the two tells.
  UNKNOWN,
  /// The counter began anew between the two.
  RESET,
  /// The counter went on.
  NOT_RESET,
  /// The histogram is no counter.
  GAUGE;

  /// The hint as tests write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ResetHint> of(String word) {
    for (ResetHint hint : values()) {
      if (hint.word().equals(word)) {
        return Optional.of(hint);
      }
    }
    return Optional.empty();
  }

  /// What the sum of two histograms says.
  ResetHint and(ResetHint other) {
    if (this == other) {
      return this;
    }
    return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
  }
}
