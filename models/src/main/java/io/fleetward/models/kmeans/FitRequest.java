package io.fleetward.models.kmeans;

import io.fleetward.models.specification.ModelSpecification;
import java.time.Instant;

/// Rows to fit a model to, frozen when the fit fell due; may be handed to another thread.
/// Immutable.
public final class FitRequest {
  private final ModelSpecification specification;
  private final double[][] rows;
  private final long learnt;

  /// @param rows in the order of time, no longer changed by the caller
  /// @param learnt rows that the host has offered so far
  public FitRequest(ModelSpecification specification, double[][] rows, long learnt) {
    this.specification = specification;
    this.rows = rows;
    this.learnt = learnt;
  }

  /// Fits the model. Pure: the same request and time give the same model, bit by bit.
  public Fit fit(Instant at) {
    return KMeansFitting.fit(specification, rows, learnt, at);
  }

  public ModelSpecification specification() {
    return specification;
  }

  public int rowCount() {
    return rows.length;
  }
}
