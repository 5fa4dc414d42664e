package io.fleetward.bench.causes;

import io.fleetward.models.causes.LevelShift;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// By how much the features of one host got worse when a fault began.
final class HostShifts {
  private static final long BEFORE = 15 * 60;

  private final HostRows rows;
  private final LevelShift[] features;

  /// @param usual healthy rows of the same features
  /// @param least for each feature the smallest unit of a shift
  HostShifts(HostRows usual, HostRows rows, double[] least) {
    this.rows = rows;
    this.features = new LevelShift[rows.features()];
    Arrays.setAll(
        features, feature -> new LevelShift(usual.column(feature, _ -> true), least[feature]));
  }

  /// The largest rise of any feature between two times against the quarter of an hour before, NaN
  /// if none is known.
  double worst(long from, long to) {
    return worst(time -> time >= from - BEFORE && time < from, time -> time >= from && time < to);
  }

  private double worst(LongPredicate before, LongPredicate since) {
    double worst = Double.NaN;
    for (int feature = 0; feature < features.length; feature++) {
      double shift =
          features[feature].of(rows.column(feature, before), rows.column(feature, since));
      worst = shift <= worst || Double.isNaN(shift) ? worst : shift;
    }
    return worst;
  }
}
