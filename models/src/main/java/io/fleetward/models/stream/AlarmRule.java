package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Decides when a row belongs to an alarm: a threshold that a healthy host passes only so many
/// times a day, with hysteresis.
///
/// The rule is played through at many thresholds at once; the lowest of those that stayed within
/// the budget is used, and where the budget allows less than was seen often enough to count, the
/// number of episodes is taken to fall exponentially.
final class AlarmRule {
  private static final double FROM = 0;
  private static final double STEP = 0.05;
  private static final int LEVELS = 200;
  private static final int QUIET_ROWS = 10;
  private static final double HOLD = 0.7;
  private static final double ENOUGH_EPISODES = 5;

  private final double episodesPerDay;
  private final float[] episodes = new float[LEVELS];
  private final float[] quiet = new float[LEVELS];
  private double rows;
  private double threshold = Double.NaN;
  private double middle;
  private boolean alarm;
  private int below;

  AlarmRule(double episodesPerDay) {
    this.episodesPerDay = episodesPerDay;
    Arrays.fill(quiet, QUIET_ROWS);
  }

  /// Judges the next row.
  void judge(double value) {
    if (value >= threshold) {
      alarm = true;
      below = 0;
    } else if (alarm) {
      below = value < release(threshold) ? below + 1 : 0;
      alarm = below < QUIET_ROWS;
    }
  }

  /// Ends the alarm: what follows has nothing to do with what came before.
  void end() {
    alarm = false;
    below = 0;
  }

  private double release(double level) {
    return middle + HOLD * (level - middle);
  }

  /// Learns the next row as healthy, as far as its weight goes.
  void learn(double value, double weight) {
    rows += weight;
    for (int i = 0; i < LEVELS; i++) {
      double level = FROM + i * STEP;
      if (value >= level) {
        if (quiet[i] >= QUIET_ROWS) {
          episodes[i] += (float) weight;
        }
        quiet[i] = 0;
      } else if (quiet[i] < QUIET_ROWS) {
        quiet[i] = value < release(level) ? quiet[i] + 1 : 0;
      }
    }
  }

  /// Brings the threshold up to date.
  void settle(TailCurve curve, double rowsPerDay) {
    middle = curve.middle();
    double allowed = episodesPerDay * rows / rowsPerDay;
    double seen = Math.max(allowed, ENOUGH_EPISODES);
    int lowest = LEVELS - 1;
    while (lowest > 0 && episodes[lowest - 1] <= seen) {
      lowest--;
    }
    double total = 0;
    for (int i = lowest; i < LEVELS; i++) {
      total += episodes[i];
    }
    double scale = STEP * total / Math.max(episodes[lowest], 1);
    threshold = FROM + lowest * STEP + scale * Math.log(seen / allowed);
  }

  void fade(double share) {
    rows *= share;
    for (int i = 0; i < LEVELS; i++) {
      episodes[i] *= (float) share;
    }
  }

  boolean alarm() {
    return alarm;
  }

  double threshold() {
    return threshold;
  }

  void state(StateTape tape) throws IOException {
    tape.numbers(episodes);
    tape.numbers(quiet);
    rows = tape.number(rows);
    threshold = tape.number(threshold);
    middle = tape.number(middle);
    alarm = tape.flag(alarm);
    below = tape.whole(below);
  }
}
