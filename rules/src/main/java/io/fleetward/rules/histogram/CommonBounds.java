package io.fleetward.rules.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The bounds that two histograms with listed bounds share, and where buckets go when only these
/// are kept.
///
/// @param bounds ascending
record CommonBounds(List<Double> bounds) {
  static CommonBounds of(List<Double> one, List<Double> other) {
    List<Double> shared = new ArrayList<>(one);
    shared.retainAll(new TreeSet<>(other));
    return new CommonBounds(shared);
  }

  /// The new index of a bucket: that of the first shared bound at or above its own.
  int index(int index, List<Double> before) {
    if (index < before.size()) {
      for (int i = 0; i < bounds.size(); i++) {
        if (bounds.get(i) >= before.get(index)) {
          return i;
        }
      }
    }
    return bounds.size();
  }
}
