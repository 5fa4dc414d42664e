package io.fleetward.bench;

import java.util.Locale;

/// What a number should be.
///
/// @param limit included
/// @param unit of the limit, such as `ns/sample`
public record Goal(String name, Bound bound, double limit, String unit) {
  /// On which side of its limit a number should be.
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  public static Goal atMost(String name, double limit, String unit) {
    return new Goal(name, Bound.AT_MOST, limit, unit);
  }

  public static Goal atLeast(String name, double limit, String unit) {
    return new Goal(name, Bound.AT_LEAST, limit, unit);
  }

  /// The judgement of a number; one that is no number was not measured.
  public GoalResult judge(double value) {
    if (Double.isNaN(value)) {
      return new GoalResult.NotMeasured(this, "no number came out");
    }
    boolean met =
        switch (bound) {
          case AT_MOST -> value <= limit;
          case AT_LEAST -> value >= limit;
        };
    return met ? new GoalResult.Met(this, value) : new GoalResult.Missed(this, value);
  }

  @Override
  public String toString() {
    String side = bound.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s %s %s %s".formatted(name, side, Numbers.text(limit), unit);
  }
}
