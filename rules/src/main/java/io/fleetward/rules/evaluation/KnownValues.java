package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/// The values met so far that became labels.
///
/// @param histograms as text
/// @param rows where labels come from other series
record KnownValues(Set<Double> numbers, Set<String> histograms, Set<Row> rows) {
  /// The labels of a row, and whether its metric name falls away at the end of the query.
  record Row(Labels labels, boolean nameFallsAway) {}

  KnownValues() {
    this(new TreeSet<>(), new TreeSet<>(), new LinkedHashSet<>());
  }
}
