package io.fleetward.models.stream;

import java.io.IOException;

/// How rare a value is: the share of rows that reach it, with an exponential tail beyond what was
/// often seen.
final class TailCurve {
  static final double FROM = -2;
  static final double TO = 30;
  static final int BINS = 1600;

  private static final double TAIL_SHARE = 0.01;
  private static final double ROWS_PER_EVENT = 10;
  private static final double PRIOR_SCALE = 0.25;
  private static final double PRIOR_WEIGHT = 10;
  private static final double ORDER_ONLY = Math.log(1e6);

  private final Histogram rows = new Histogram(FROM, TO, BINS);
  private final float[] shareAbove = new float[BINS + 1];
  private double middle;
  private double tailFrom = Double.NaN;
  private double tailScale = PRIOR_SCALE;

  void learn(double value, double weight) {
    rows.add(value, weight);
  }

  void fade(double share) {
    rows.fade(share);
  }

  /// Brings the curve up to date.
  void settle() {
    if (rows.total() <= 0) {
      return;
    }
    rows.sharesAbove(shareAbove);
    middle = rows.quantile(0.5);
    tailFrom = rows.quantile(1 - TAIL_SHARE);
    double events = TAIL_SHARE * rows.total() / ROWS_PER_EVENT;
    tailScale =
        (events * rows.meanExcess(tailFrom) + PRIOR_WEIGHT * PRIOR_SCALE) / (events + PRIOR_WEIGHT);
  }

  double middle() {
    return middle;
  }

  /// One minus the share of rows that reach a value. Below one in a million only the order counts:
  /// the share falls hyperbolically then, so that scores do not run into 1.
  double score(double value) {
    double surprise = surprise(value);
    return surprise <= ORDER_ONLY
        ? -Math.expm1(-surprise)
        : 1 - Math.exp(-ORDER_ONLY) / (1 + surprise - ORDER_ONLY);
  }

  private double surprise(double value) {
    if (value > tailFrom) {
      return -Math.log(TAIL_SHARE) + (value - tailFrom) / tailScale;
    }
    double place = Math.clamp((value - FROM) * BINS / (TO - FROM), 0, BINS);
    int bin = Math.min((int) place, BINS - 1);
    double share = shareAbove[bin] + (place - bin) * (shareAbove[bin + 1] - shareAbove[bin]);
    return -Math.log(Math.max(share, TAIL_SHARE));
  }

  void state(StateTape tape) throws IOException {
    rows.state(tape);
    tape.numbers(shareAbove);
    middle = tape.number(middle);
    tailFrom = tape.number(tailFrom);
    tailScale = tape.number(tailScale);
  }
}
