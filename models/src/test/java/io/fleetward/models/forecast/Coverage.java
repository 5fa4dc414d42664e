package io.fleetward.models.forecast;

import java.util.Locale;

/// Counts how often forecasts were right. What the end of a series leaves open is not counted.
final class Coverage {
  private static final double SECONDS = 15;
  private static final int EVERY = 40;

  private int intervals;
  private int tooEarly;
  private int tooLate;
  private int openEnded;
  private int openEndedRight;
  private int notInSight;
  private int notInSightRight;

  /// Walks along a series of one value each 15 s until it is exhausted.
  void walk(double[] room, RobustLine line) {
    int end = 0;
    while (end < room.length && room[end] > 0) {
      end++;
    }
    ExhaustionForecast forecast = new ExhaustionForecast(line);
    for (int i = 0; i < end; i++) {
      forecast.observe((long) (i * SECONDS * 1000), room[i]);
      if (i % EVERY == EVERY - 1) {
        double truth = end < room.length ? (end - i) * SECONDS : Double.POSITIVE_INFINITY;
        count(forecast.outlook(), truth, (room.length - i) * SECONDS);
      }
    }
  }

  private void count(Outlook outlook, double truth, double seen) {
    switch (outlook) {
      case Outlook.Undetermined _ -> {}
      case Outlook.NotInSight(double horizon) -> {
        if (horizon <= seen) {
          notInSight++;
          notInSightRight += truth > horizon ? 1 : 0;
        }
      }
      case Outlook.Exhaustion(double lower, _, double upper, _) when Double.isInfinite(upper) -> {
        if (lower <= seen) {
          openEnded++;
          openEndedRight += truth >= lower ? 1 : 0;
        }
      }
      case Outlook.Exhaustion(double lower, _, double upper, _) -> {
        boolean isOpen = Double.isInfinite(truth) && upper > seen;
        if (!isOpen) {
          intervals++;
          tooEarly += truth < lower ? 1 : 0;
          tooLate += truth > upper ? 1 : 0;
        }
      }
    }
  }

  void add(Coverage other) {
    intervals += other.intervals;
    tooEarly += other.tooEarly;
    tooLate += other.tooLate;
    openEnded += other.openEnded;
    openEndedRight += other.openEndedRight;
    notInSight += other.notInSight;
    notInSightRight += other.notInSightRight;
  }

  /// The share of intervals that held the exhaustion; 1 if there was none.
  double ofIntervals() {
    return intervals == 0 ? 1 : 1 - (double) (tooEarly + tooLate) / intervals;
  }

  /// The share of all answers that were right.
  double ofAll() {
    int right = intervals - tooEarly - tooLate + openEndedRight + notInSightRight;
    return (double) right / (intervals + openEnded + notInSight);
  }

  int intervals() {
    return intervals;
  }

  int answers() {
    return intervals + openEnded + notInSight;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "intervals %d: %.3f held, %.3f came earlier, %.3f later or never; without an upper bound"
            + " %d: %.3f; not in sight %d: %.3f",
        intervals,
        ofIntervals(),
        (double) tooEarly / Math.max(1, intervals),
        (double) tooLate / Math.max(1, intervals),
        openEnded,
        (double) openEndedRight / Math.max(1, openEnded),
        notInSight,
        (double) notInSightRight / Math.max(1, notInSight));
  }
}
