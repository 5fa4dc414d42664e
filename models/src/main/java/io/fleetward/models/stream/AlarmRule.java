package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Decides when a row belongs to an alarm: a threshold that a healthy host passes only so many
/// times a day, with hysteresis.
///
/// The rule is played through at many thresholds at once; the lowest of those is used that stayed
/// within the budget of episodes and whose alarms did not last for long (at a low threshold there
/// is one alarm only, without end). Where the budget allows less than was seen often enough to
/// count, the number of episodes is taken to fall exponentially. Old days are forgotten: while the
/// models were young they found more rows unusual than they do now.
final class AlarmRule {
  private static final double FROM = 0;
  private static final double STEP = 0.05;
  private static final int LEVELS = 200;
  private static final int QUIET_ROWS = 10;
  private static final double HOLD = 0.65;
  private static final double ENOUGH_EPISODES = 5;
  private static final double MOST_INSIDE = 0.15; // of all rows
  private static final double MEMORY_DAYS = 5;

  private final double episodesPerDay;
  private final float[] episodes = new float[LEVELS];
  private final float[] inside = new float[LEVELS]; // rows inside an alarm
  private final float[] quiet = new float[LEVELS];
  private double rows;
  private double threshold = Double.NaN;
  private double middle;
  private double rowsSinceSettled;
  private boolean alarm;
  private int below;

  AlarmRule(double episodesPerDay) {
    this.episodesPerDay = episodesPerDay;
    Arrays.fill(quiet, QUIET_ROWS);
  }

  /// Judges the next row.
  void judge(double urgency) {
    if (urgency >= threshold) {
      alarm = true;
      below = 0;
    } else if (alarm) {
      below = urgency < release(threshold) ? below + 1 : 0;
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

  /// Learns the next row, as if the host were healthy.
  void learn(double urgency) {
    rows++;
    rowsSinceSettled++;
    for (int i = 0; i < LEVELS; i++) {
      double level = FROM + i * STEP;
      if (urgency >= level) {
        if (quiet[i] >= QUIET_ROWS) {
          episodes[i]++;
        }
        quiet[i] = 0;
      } else if (quiet[i] < QUIET_ROWS) {
        quiet[i] = urgency < release(level) ? quiet[i] + 1 : 0;
      }
      if (quiet[i] < QUIET_ROWS) {
        inside[i]++;
      }
    }
  }

  /// Brings the threshold up to date.
  void settle(TailCurve curve, double rowsPerDay) {
    middle = curve.middle();
    forget(Math.exp(-rowsSinceSettled / (MEMORY_DAYS * rowsPerDay)));
    rowsSinceSettled = 0;
    double allowed = episodesPerDay * rows / rowsPerDay;
    double seen = Math.max(allowed, ENOUGH_EPISODES);
    int lowest = LEVELS - 1;
    while (lowest > 0 && episodes[lowest - 1] <= seen && inside[lowest - 1] <= MOST_INSIDE * rows) {
      lowest--;
    }
    double total = 0;
    for (int i = lowest; i < LEVELS; i++) {
      total += episodes[i];
    }
    double scale = STEP * total / Math.max(episodes[lowest], 1);
    threshold = FROM + lowest * STEP + scale * Math.log(seen / allowed);
  }

  /// Lets all that was learnt count less beside what follows.
  void forget(double share) {
    rows *= share;
    for (int i = 0; i < LEVELS; i++) {
      episodes[i] *= (float) share;
      inside[i] *= (float) share;
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
    tape.numbers(inside);
    tape.numbers(quiet);
    rows = tape.number(rows);
    threshold = tape.number(threshold);
    middle = tape.number(middle);
    rowsSinceSettled = tape.number(rowsSinceSettled);
    alarm = tape.flag(alarm);
    below = tape.whole(below);
  }
}
