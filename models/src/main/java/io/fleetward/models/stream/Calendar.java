package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/// Where in the day a row lies, and how many rows make a day.
///
/// With times in seconds the period is a day. Where only the number of a row is known, days of the
/// usual scrape intervals compete: the best tells how many rows make a day, and once it explains
/// much of the rows in advance it is taken for the season, for good.
///
/// Where the day is known a week is learnt from what it leaves, and taken out of those features in
/// which it explains much of that in advance.
final class Calendar {
  private static final int[] DAYS = {96, 144, 288, 720, 1440, 2880, 5760, 8640};
  private static final int BINS = 48;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double ROWS_PER_DAY = 1440;
  private static final double LEAST_GAIN = 0.05;
  private static final double SEASONAL_GAIN = 0.4;
  private static final double DAYS_TO_LEARN = 3;
  private static final double PERIODS_TO_COMPETE = 5;

  /// Days of a row each minute or each five minutes; others have to explain more to be believed, or
  /// half of a day would soon pass for one.
  private static final Set<Integer> COMMON = Set.of(288, 1440);

  private static final double UNCOMMON_SHARE = 0.6;
  private static final double PERIODS_TO_WIN = 8;
  private static final double LEAST_ROWS = 2000;
  private static final double MEMORY_DAYS = 14;
  private static final int NONE = -1;

  private static final int DAYS_A_WEEK = 7;
  private static final int WEEK_BINS = 84;
  private static final double MEMORY_WEEKS = 8;
  private static final double WEEKS_TO_LEARN = 4;
  private static final double WEEK_GAIN = 0.3;
  private static final double WEEK_KEPT = WEEK_GAIN / 2;

  private final Times times;
  private final Season[] candidates;
  private final Season week;

  /// 1 for each feature with a week.
  private final double[] weekly;

  private final double[] rest;
  private int chosen = NONE;

  /// Whether the day is known for good, as far as the history goes.
  private boolean seasonal;

  private double rowsPerDay = ROWS_PER_DAY;
  private long last;
  private long rows;
  private double phase;

  /// Time between rows of one host, and how many such intervals there were.
  private long elapsed;

  private long intervals;
  private boolean beginning = true;

  Calendar(int features, Times times) {
    this.times = times;
    this.week = Season.centred(features, WEEK_BINS);
    this.weekly = new double[features];
    this.rest = new double[features];
    this.candidates =
        times == Times.ROWS
            ? Arrays.stream(DAYS)
                .mapToObj(day -> Season.following(features, Math.min(day, BINS)))
                .toArray(Season[]::new)
            : new Season[] {Season.following(features, BINS)};
    if (times == Times.SECONDS) {
      chosen = 0;
    }
  }

  /// Turns to the time of the next row.
  void turnTo(long time) {
    rows++;
    if (!beginning) {
      elapsed += time - last;
      intervals++;
    }
    beginning = false;
    last = time;
    if (times == Times.SECONDS) {
      if (elapsed > 0) {
        rowsPerDay =
            Math.clamp(SECONDS_PER_DAY * (double) intervals / (double) elapsed, 1, SECONDS_PER_DAY);
      }
      turnTo(time, (long) SECONDS_PER_DAY);
    } else if (chosen != NONE) {
      turnTo(time, DAYS[chosen]);
    } else {
      for (int i = 0; i < candidates.length; i++) {
        candidates[i].turnTo(phase(time, DAYS[i]));
      }
    }
  }

  private void turnTo(long time, long day) {
    phase = phase(time, day);
    candidates[chosen].turnTo(phase);
    week.turnTo(phase(time, DAYS_A_WEEK * day));
  }

  /// How far a feature usually lies from its level at this time.
  double departure(int feature) {
    return chosen == NONE ? 0 : candidates[chosen].departure(feature) + ofWeek(feature);
  }

  /// The week's part in that: 0 while none is known of the feature.
  double ofWeek(int feature) {
    return weekly[feature] > 0 ? week.departure(feature) : 0;
  }

  /// The time up to the next row counts for nothing. What several hosts taught is not forgotten
  /// when the day becomes known: it would be that of all but the last.
  void beginHost() {
    beginning = true;
    seasonal |= rows > 0;
  }

  private static double phase(long time, long period) {
    return (double) Math.floorMod(time, period) / period;
  }

  /// Learns the row at the time turned to: the week from what the day leaves.
  void learn(double[] values) {
    if (chosen != NONE) {
      Season day = candidates[chosen];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = values[i] - day.departure(i);
      }
      week.learn(rest, 1, DAYS_A_WEEK * rowsPerDay, MEMORY_WEEKS);
      day.learn(values, 1, rowsPerDay, MEMORY_DAYS);
      return;
    }
    for (int i = 0; i < candidates.length; i++) {
      candidates[i].learn(values, 1, DAYS[i], Double.POSITIVE_INFINITY);
    }
  }

  enum Finding {
    NOTHING,
    /// From now on all departures are others than before.
    DAY_FOUND,
    /// From now on departures are smaller than before.
    DAY_LEARNT
  }

  /// Looks again how many rows make a day, if that is open, and which seasons explain enough.
  Finding review() {
    if (chosen == NONE) {
      return choose() ? Finding.DAY_FOUND : Finding.NOTHING;
    }
    chooseWeeks();
    return learntDay() ? Finding.DAY_LEARNT : Finding.NOTHING;
  }

  /// Whether a day whose length was known from the start has just become known itself: what was
  /// learnt before knew the rows without it.
  private boolean learntDay() {
    if (seasonal
        || times != Times.SECONDS
        || rows < DAYS_TO_LEARN * rowsPerDay
        || candidates[0].gain() < SEASONAL_GAIN) {
      return false;
    }
    seasonal = true;
    return true;
  }

  /// Chooses the features with a week: what it explained in advance has to be much of what the day
  /// leaves.
  private void chooseWeeks() {
    if (week.learnt() < WEEKS_TO_LEARN * DAYS_A_WEEK * rowsPerDay) {
      return;
    }
    for (int i = 0; i < weekly.length; i++) {
      weekly[i] = week.gain(i) >= (weekly[i] > 0 ? WEEK_KEPT : WEEK_GAIN) ? 1 : 0;
    }
  }

  private boolean choose() {
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
    last = tape.whole(last);
    rows = tape.whole(rows);
    elapsed = tape.whole(elapsed);
    intervals = tape.whole(intervals);
    beginning = tape.flag(beginning);
    seasonal = tape.flag(seasonal);
    tape.numbers(weekly);
    week.state(tape);
    for (Season candidate : candidates) {
      candidate.state(tape);
    }
  }
}
