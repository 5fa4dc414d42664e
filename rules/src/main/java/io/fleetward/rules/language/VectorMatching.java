package io.fleetward.rules.language;

import java.util.List;
import java.util.OptionalDouble;

/// How the series of two vectors find each other: `on (instance) group_left (executable)`.
///
/// @param on whether `labels` are the ones to compare (`on`) or those to leave out (`ignoring`)
/// @param include labels that the result takes from the side that has one series per group
/// @param fillLeft the value that a missing left side has, experimental
/// @param fillRight the value that a missing right side has, experimental
public record VectorMatching(
    Cardinality cardinality,
    boolean on,
    List<String> labels,
    List<String> include,
    OptionalDouble fillLeft,
    OptionalDouble fillRight) {
  /// Which side may have several series in a group.
  public enum Cardinality {
    ONE_TO_ONE,
    /// `group_left`
    MANY_TO_ONE,
    /// `group_right`
    ONE_TO_MANY,
    /// `and`, `or`, `unless`
    MANY_TO_MANY
  }

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /// Matching on all labels, one to one.
  public static VectorMatching allLabels() {
    return new VectorMatching(
        Cardinality.ONE_TO_ONE,
        false,
        List.of(),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  VectorMatching withCardinality(Cardinality changed) {
    return new VectorMatching(changed, on, labels, include, fillLeft, fillRight);
  }
}
