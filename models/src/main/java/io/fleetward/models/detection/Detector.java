package io.fleetward.models.detection;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;

/// Turns one host's features into an anomaly score. Confined to one thread.
///
/// A row is only read during the call; a feature without a value is NaN.
public interface Detector {
  /// Assesses one row. Besides the answer, nothing is allocated.
  ///
  /// @throws IllegalArgumentException if the row has another number of features than the model
  Assessment assess(double[] features);

  /// What made the score of a row, largest share first; shares sum to 1. Features without a value
  /// are left out; the list is empty if no feature deviates, or the row cannot be assessed.
  List<Contribution> contributions(double[] features);
}
