package io.fleetward.models.calibration;

import java.util.Arrays;

/// Maps a distance to a score in [0, 1): one minus an upper bound of the probability that a healthy
/// row lies at least this far out. Immutable.
///
/// Learnt from distances of rows that the measuring model had *not* seen, in the order of time.
/// Neighbouring rows resemble each other (features are smoothed), so the rows count as fewer
/// independent ones, [#effectiveRows]. Three assumed exceedances, the rule of three, make the
/// probability an upper bound at about 95 % confidence: `p = (n S(d) + 3) / (n + 3)`, where S is
/// the share of held-out distances beyond d, interpolated. Beyond the largest held-out distance an
/// exponential tail follows, fitted to the excesses over the 90 % quantile and shrunk to a scale of
/// 1 while there are few of them.
///
/// Distances count in smallest meaningful deviations (or more, on noisy hosts), therefore `p` is
/// never below `exp(-2 d)`: no score reaches 0.98 below two of them, however quiet the host is.
/// Probabilities below one in a million only keep order: they fall hyperbolically, so that scores
/// do not saturate.
public final class TailCalibration {
  /// Shares of distances beyond those remembered are interpolated.
  public static final int MOST_KNOTS = 96;

  private static final double ASSUMED_EXCEEDANCES = 3;
  private static final double PRIOR_SCALE = 1;
  private static final double PRIOR_WEIGHT = 2;
  private static final double TAIL_SHARE = 0.1;
  private static final double MEANINGLESS_RATE = 2;
  private static final double ORDER_ONLY = Math.log(1e6);

  private final double effectiveRows;
  private final double tailScale;
  private final double[] distances;
  private final double[] shareBeyond;

  private TailCalibration(
      double effectiveRows, double tailScale, double[] distances, double[] shareBeyond) {
    this.effectiveRows = effectiveRows;
    this.tailScale = tailScale;
    this.distances = distances;
    this.shareBeyond = shareBeyond;
  }

  /// Learns from held-out distances in the order of time; at least one, all finite and not
  /// negative.
  public static TailCalibration fit(double[] heldOut) {
    double rows = EffectiveRows.of(heldOut);
    double[] sorted = heldOut.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    int from = Math.clamp((long) ((1 - TAIL_SHARE) * count), 0, count - 1);
    double excess = 0;
    for (int i = from; i < count; i++) {
      excess += sorted[i] - sorted[from];
    }
    double weight = rows * TAIL_SHARE;
    double scale =
        (weight * excess / (count - from) + PRIOR_WEIGHT * PRIOR_SCALE) / (weight + PRIOR_WEIGHT);
    int knots = Math.min(count, MOST_KNOTS);
    double[] distances = new double[knots];
    double[] shareBeyond = new double[knots];
    for (int knot = 0; knot < knots; knot++) {
      int index = rank(knot, knots, count);
      distances[knot] = sorted[index];
      shareBeyond[knot] = (double) (count - 1 - index) / count;
    }
    return new TailCalibration(rows, scale, distances, shareBeyond);
  }

  /// Ranks of the remembered distances: the upper half of the knots lie in the upper tenth.
  private static int rank(int knot, int knots, int count) {
    if (knots == count) {
      return knot;
    }
    int body = knots / 2;
    int tailFrom = (int) ((1 - TAIL_SHARE) * count);
    return knot < body
        ? (int) ((long) knot * tailFrom / body)
        : tailFrom + (int) ((long) (knot - body) * (count - 1 - tailFrom) / (knots - 1 - body));
  }

  /// Rebuilds a calibration from its parts.
  ///
  /// @throws IllegalArgumentException if they do not make one
  public static TailCalibration of(
      double effectiveRows, double tailScale, double[] distances, double[] shareBeyond) {
    boolean valid =
        effectiveRows > 0
            && tailScale > 0
            && Double.isFinite(effectiveRows)
            && Double.isFinite(tailScale)
            && distances.length > 0
            && distances.length <= MOST_KNOTS
            && distances.length == shareBeyond.length;
    double lastDistance = 0;
    double lastShare = 1;
    for (int i = 0; valid && i < distances.length; i++) {
      valid =
          distances[i] >= lastDistance
              && Double.isFinite(distances[i])
              && shareBeyond[i] <= lastShare
              && shareBeyond[i] >= 0;
      lastDistance = distances[i];
      lastShare = shareBeyond[i];
    }
    if (!valid || lastShare != 0) {
      throw new IllegalArgumentException("not a calibration");
    }
    return new TailCalibration(effectiveRows, tailScale, distances.clone(), shareBeyond.clone());
  }

  /// The score of a distance: 0 at 0, strictly increasing.
  public double score(double distance) {
    double surprise = Math.min(measuredSurprise(distance), MEANINGLESS_RATE * distance);
    return surprise <= ORDER_ONLY
        ? -Math.expm1(-surprise)
        : 1 - Math.exp(-ORDER_ONLY) / (1 + surprise - ORDER_ONLY);
  }

  /// The negative logarithm of the tail probability.
  private double measuredSurprise(double distance) {
    double largest = distances[distances.length - 1];
    double atLargest = -Math.log(ASSUMED_EXCEEDANCES / (effectiveRows + ASSUMED_EXCEEDANCES));
    if (distance >= largest) {
      return atLargest + (distance - largest) / tailScale;
    }
    double share = shareBeyond(distance);
    return -Math.log(
        (effectiveRows * share + ASSUMED_EXCEEDANCES) / (effectiveRows + ASSUMED_EXCEEDANCES));
  }

  private double shareBeyond(double distance) {
    int next = 0;
    while (distances[next] <= distance) {
      next++;
    }
    double from = next == 0 ? 0 : distances[next - 1];
    double shareFrom = next == 0 ? 1 : shareBeyond[next - 1];
    return shareFrom
        + (shareBeyond[next] - shareFrom) * (distance - from) / (distances[next] - from);
  }

  /// How many independent rows the held-out rows are worth.
  public double effectiveRows() {
    return effectiveRows;
  }

  /// The scale of the exponential tail, in the unit of distances.
  public double tailScale() {
    return tailScale;
  }

  public double[] distances() {
    return distances.clone();
  }

  /// For each of [#distances], the share of held-out distances beyond it.
  public double[] sharesBeyond() {
    return shareBeyond.clone();
  }
}
