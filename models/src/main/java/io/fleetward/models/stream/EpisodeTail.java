package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// How rare an episode is that reaches a value, counting episodes instead of rows: rows above a
/// level belong together until a quiet time has passed.
///
/// Above the highest level that some episodes reached, their number is taken to fall exponentially.
final class EpisodeTail {
  private static final double STEP = 0.1;
  private static final int LEVELS = 240;
  private static final int QUIET_ROWS = 50;
  private static final double ENOUGH_EPISODES = 3;
  private static final double PRIOR_SCALE = 0.3;
  private static final double PRIOR_WEIGHT = 4;
  private static final double LONG_AGO = -1e6;

  private final float[] episodes = new float[LEVELS];
  private final double[] lastReached = new double[LEVELS];
  private int levels;
  private long rows;

  EpisodeTail() {
    Arrays.fill(lastReached, LONG_AGO);
  }

  /// The logarithm of how many rows pass between two episodes that reach a value; the value is
  /// learnt.
  ///
  /// @param value at least 0
  double take(double value) {
    double rarity = rarity(value);
    int reached = (int) Math.min(value / STEP, LEVELS - 1);
    levels = Math.max(levels, reached + 1);
    for (int i = 0; i <= reached; i++) {
      if (rows - lastReached[i] > QUIET_ROWS) {
        episodes[i]++;
      }
      lastReached[i] = rows;
    }
    rows++;
    return rarity;
  }

  private double rarity(double value) {
    int top = Math.max(levels - 1, 0);
    double beyond = 0;
    while (top > 0 && episodes[top] < ENOUGH_EPISODES) {
      beyond += episodes[top];
      top--;
    }
    double excess = value - top * STEP;
    if (excess >= 0) {
      double scale = (STEP * beyond + PRIOR_SCALE * PRIOR_WEIGHT) / (episodes[top] + PRIOR_WEIGHT);
      return rowsPer(episodes[top]) + excess / scale;
    }
    double most = 0;
    for (int i = (int) (value / STEP); i <= top; i++) {
      most = Math.max(most, episodes[i]);
    }
    return rowsPer(most);
  }

  private double rowsPer(double number) {
    return Math.log((rows + 1) / (number + 1));
  }

  void state(StateTape tape) throws IOException {
    tape.numbers(episodes);
    tape.numbers(lastReached);
    levels = tape.whole(levels);
    rows = tape.whole(rows);
  }
}
