package io.fleetward.rules.evaluation;

/// An expression bound to series.
sealed interface Bound permits ScalarNode, VectorNode, RangeNode, Bound.Text {
  /// A string.
  record Text(String value) implements Bound {}
}
