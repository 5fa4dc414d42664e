package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/// Where in the day a row lies, and how many rows make a day.
///
/// With times in seconds the period is a day. Where only the number of a row is known, days of the
/// usual scrape intervals compete: the best tells how many rows make a day, and once it explains
/// much of the rows in advance it is taken for the season, for good.
final class Calendar {
  private static final int[] DAYS = {96, 144, 288, 720, 1440, 2880, 5760, 8640};
  private static final int BINS = 48;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double ROWS_PER_DAY = 1440;
  private static final double LEAST_GAIN = 0.05;
  private static final double SEASONAL_GAIN = 0.4;
  private static final double PERIODS_TO_COMPETE = 5;

  /// Days of a row each minute or each five minutes; others have to explain more to be believed, or
  /// half of a day would soon pass for one.
  private static final Set<Integer> COMMON = Set.of(288, 1440);

  private static final double UNCOMMON_SHARE = 0.6;
  private static final double PERIODS_TO_WIN = 8;
  private static final double LEAST_ROWS = 2000;
  private static final double MEMORY_DAYS = 14;
  private static final int NONE = -1;

  private final Times times;
  private final Season[] candidates;
  private final Season none;
  private int chosen = NONE;
  private double rowsPerDay = ROWS_PER_DAY;
  private long first;
  private long rows;
  private double phase;

  Calendar(int features, Times times) {
    this.times = times;
    this.none = new Season(features, 1);
    this.candidates =
        times == Times.ROWS
            ? Arrays.stream(DAYS)
                .mapToObj(day -> new Season(features, Math.min(day, BINS)))
                .toArray(Season[]::new)
            : new Season[] {new Season(features, BINS)};
    if (times == Times.SECONDS) {
      chosen = 0;
    }
  }

  /// Turns to the time of the next row.
  Season at(long time) {
    if (rows == 0) {
      first = time;
    }
    rows++;
    if (times == Times.SECONDS) {
      if (time > first) {
        rowsPerDay =
            Math.clamp(
                SECONDS_PER_DAY * (double) (rows - 1) / (double) (time - first),
                1,
                SECONDS_PER_DAY);
      }
      phase = (double) Math.floorMod(time, (long) SECONDS_PER_DAY) / SECONDS_PER_DAY;
      candidates[0].turnTo(phase);
      return candidates[0];
    }
    if (chosen != NONE) {
      phase = phase(time, DAYS[chosen]);
      candidates[chosen].turnTo(phase);
      return candidates[chosen];
    }
    for (int i = 0; i < candidates.length; i++) {
      candidates[i].turnTo(phase(time, DAYS[i]));
    }
    return none;
  }

  private static double phase(long row, int day) {
    return (double) Math.floorMod(row, (long) day) / day;
  }

  void learn(double[] values, double weight) {
    if (chosen != NONE) {
      candidates[chosen].learn(values, weight, rowsPerDay, MEMORY_DAYS);
      return;
    }
    for (int i = 0; i < candidates.length; i++) {
      candidates[i].learn(values, weight, DAYS[i], Double.POSITIVE_INFINITY);
    }
  }

  /// Looks again how many rows make a day, if that is open, and takes the season if one explains
  /// enough.
  ///
  /// @return whether it took one: from now on all departures are others than before
  boolean choose() {
    if (chosen != NONE) {
      return false;
    }
    int best = NONE;
    double most = LEAST_GAIN;
    for (int i = 0; i < candidates.length; i++) {
      double trust = COMMON.contains(DAYS[i]) ? 1 : UNCOMMON_SHARE;
      double gain = rows >= PERIODS_TO_COMPETE * DAYS[i] ? trust * candidates[i].gain() : 0;
      if (gain > most) {
        most = gain;
        best = i;
      }
    }
    if (best == NONE || rows < LEAST_ROWS) {
      return false;
    }
    rowsPerDay = DAYS[best];
    if (most < SEASONAL_GAIN || rows < PERIODS_TO_WIN * DAYS[best]) {
      return false;
    }
    chosen = best;
    return true;
  }

  /// The part of the day turned to, 0 to 1; 0 while no day is known.
  double phase() {
    return phase;
  }

  double rowsPerDay() {
    return rowsPerDay;
  }

  void state(StateTape tape) throws IOException {
    chosen = tape.whole(chosen);
    rowsPerDay = tape.number(rowsPerDay);
    first = tape.whole(first);
    rows = tape.whole(rows);
    for (Season candidate : candidates) {
      candidate.state(tape);
    }
  }
}
