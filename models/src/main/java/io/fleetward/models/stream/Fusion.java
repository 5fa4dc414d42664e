package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Fuses what the members say about a row: 0 for a usual row, 1 for the most unusual of a hundred.
final class Fusion {
  private static final int ROW = 0;
  private static final int SHORT = 1;

  private final Evidence[] members;
  private final double[] spans = new double[Evidence.SPANS];
  private double level;

  /// Minus infinity while no feature is stuck.
  private double stuck = Double.NEGATIVE_INFINITY;

  Fusion(int members) {
    this.members = new Evidence[members];
    Arrays.setAll(this.members, _ -> new Evidence());
  }

  /// Takes the next row.
  ///
  /// @param distances one from each member
  /// @param surprise how surprising its stillest feature is
  void take(double[] distances, double surprise) {
    Arrays.fill(spans, 0);
    for (int i = 0; i < members.length; i++) {
      members[i].take(distances[i]);
      for (int span = 0; span < spans.length; span++) {
        spans[span] += members[i].over(span) / members.length;
      }
    }
    double sum = 0;
    for (double span : spans) {
      sum += span;
    }
    stuck = surprise > 0 ? surprise : Double.NEGATIVE_INFINITY;
    level = Math.max(sum / spans.length, stuck);
  }

  /// The mean over all members and spans: ranks rows.
  double level() {
    return level;
  }

  /// The mean over all members and the short spans: decides on alarms, so that a short incident
  /// need not wait for the long span, and an alarm is not held up by it.
  double urgency() {
    return Math.max((spans[ROW] + spans[SHORT]) / 2, stuck);
  }

  /// Whether a feature that stands still is what sets the level.
  boolean isStuck() {
    return stuck >= level;
  }

  void learn(double weight) {
    for (Evidence member : members) {
      member.learn(weight);
    }
  }

  void fade(double share) {
    for (Evidence member : members) {
      member.fade(share);
    }
  }

  void settle() {
    for (Evidence member : members) {
      member.settle();
    }
  }

  void state(StateTape tape) throws IOException {
    level = tape.number(level);
    stuck = tape.number(stuck);
    for (Evidence member : members) {
      member.state(tape);
    }
  }
}
