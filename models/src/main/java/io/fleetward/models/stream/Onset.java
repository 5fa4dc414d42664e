package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Finds the rows of a single series at which something new begins, and ranks them above all
/// others: what merely continues is no news.
///
/// Rows of several features pass through unchanged: they are judged by how the features move
/// together, while a single series has only its own past.
final class Onset {
  /// Means over so many rows are judged; each longer one has to be rarer by a HANDICAP.
  private static final double[] SPANS = {1, 8, 40};

  private static final double HANDICAP = 1;
  private static final long FIRST_NEWS = 100;
  private static final double FULL_RARITY = 10;

  /// A surprise counts by how far it exceeds what is remembered, and a little by itself.
  private static final double BY_ITSELF = 0.3;

  /// News from which on a row is an onset. Measured on healthy rows of public series: so many reach
  /// it, and each further unit leaves a share of e^-RARER of them.
  private static final double NEWS = 2.5;

  private static final double SHARE_OF_ROWS = 0.0015;
  private static final double RARER = 0.45;

  /// Ordinary rows rank below, onsets above; up to CROWDED an ordinary row ranks as it is.
  private static final double ABOVE_ALL = 5;

  private static final double CROWDED = ABOVE_ALL - 1;

  private static final double LEAST_NEWS = 0.02;

  private final boolean single;
  private final double[] means = new double[SPANS.length];
  private final ValueNovelty[] novelties;
  private final FadingMemory memory = new FadingMemory();
  private long rows;
  private double news;

  Onset(int features) {
    this.single = features == 1;
    this.novelties = new ValueNovelty[single ? SPANS.length : 0];
    Arrays.setAll(novelties, _ -> new ValueNovelty());
  }

  /// Takes the next row.
  ///
  /// @param left what the day leaves of a single series
  /// @param phase 0 to 1, the part of the day
  void take(double left, double phase) {
    if (!single) {
      return;
    }
    rows++;
    double strongest = 0;
    for (int i = 0; i < SPANS.length; i++) {
      means[i] += (left - means[i]) / Math.min((double) rows, SPANS[i]);
      double rarity = novelties[i].take(means[i], phase);
      strongest = Math.max(strongest, damped(rarity) - i * HANDICAP);
    }
    double surprise = rows <= FIRST_NEWS ? 0 : strongest;
    news = memory.take(surprise) + BY_ITSELF * surprise;
  }

  private static double damped(double rarity) {
    return rarity <= FULL_RARITY ? rarity : FULL_RARITY + Math.log1p(rarity - FULL_RARITY);
  }

  private boolean isOnset() {
    return single && news >= NEWS;
  }

  /// The place of the row taken last among all rows, for a decision.
  ///
  /// @param fused what the ensemble says of it
  double rank(double fused) {
    if (isOnset()) {
      return ABOVE_ALL + beyond(fused);
    }
    double crowded = fused - CROWDED;
    return single && crowded > 0 ? CROWDED + crowded / (1 + crowded) : fused;
  }

  /// One minus how rare a row like the one taken last is.
  double score(double fused, TailCurve curve) {
    return isOnset() ? onsetScore(beyond(fused)) : ordinaryScore(fused, curve);
  }

  /// One minus how rare a row of this rank or a higher one is.
  double scoreOfRank(double rank, TailCurve curve) {
    if (!single) {
      return curve.score(rank);
    }
    if (rank >= ABOVE_ALL) {
      return onsetScore(rank - ABOVE_ALL);
    }
    double crowded = rank - CROWDED;
    return ordinaryScore(crowded > 0 ? CROWDED + crowded / (1 - crowded) : rank, curve);
  }

  /// How far the news goes; what is new to the same degree keeps the order of the ensemble.
  private double beyond(double fused) {
    double strength = Math.max(fused, 0);
    return news - NEWS + LEAST_NEWS * strength / (1 + strength);
  }

  private static double onsetScore(double beyond) {
    return 1 - SHARE_OF_ROWS * Math.exp(-RARER * beyond);
  }

  /// The onsets rank above an ordinary row, whatever it is.
  private double ordinaryScore(double fused, TailCurve curve) {
    return (single ? 1 - SHARE_OF_ROWS : 1) * curve.score(fused);
  }

  /// The next row has no row before it.
  void beginHost() {
    rows = 0;
  }

  void clear() {
    rows = 0;
    for (ValueNovelty novelty : novelties) {
      novelty.clear();
    }
  }

  void state(StateTape tape) throws IOException {
    if (!single) {
      return;
    }
    tape.numbers(means);
    for (ValueNovelty novelty : novelties) {
      novelty.state(tape);
    }
    memory.state(tape);
    rows = tape.whole(rows);
    news = tape.number(news);
  }
}
