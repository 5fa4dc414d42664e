package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.VectorMatching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which rows of two vectors belong together: each row has the number of its match group.
///
/// @param groups how many groups there are
@SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
record Matching(int[] left, int[] right, int groups) {
  static Matching of(Shape left, Shape right, VectorMatching matching) {
    Map<Labels, Integer> numbers = new HashMap<>();
    int[] ofLeft = number(left, matching, numbers);
    int[] ofRight = number(right, matching, numbers);
    return new Matching(ofLeft, ofRight, numbers.size());
  }

  private static int[] number(Shape shape, VectorMatching matching, Map<Labels, Integer> numbers) {
    int[] result = new int[shape.size()];
    for (int row = 0; row < result.length; row++) {
      Labels shared = shared(shape.labels(row), matching);
      Integer known = numbers.putIfAbsent(shared, numbers.size());
      result[row] = known == null ? numbers.size() - 1 : known;
    }
    return result;
  }

  /// The labels that decide which group a row belongs to.
  static Labels shared(Labels labels, VectorMatching matching) {
    if (matching.on()) {
      return labels.keep(matching.labels());
    }
    List<String> ignored = new ArrayList<>(matching.labels());
    ignored.add(Labels.METRIC_NAME);
    return labels.without(ignored);
  }
}
