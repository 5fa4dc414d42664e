package io.fleetward.models.kmeans;

import io.fleetward.models.specification.ModelSpecification.KMeans;
import java.time.Instant;

/// Rows to fit a model to, frozen when the fit fell due; may be handed to another thread.
/// Immutable.
public final class FitRequest {
  private final KMeans specification;
  private final double[][] rows;
  private final long[] sequences;
  private final long learnt;

  /// @param rows in the order of time, no longer changed by the caller
  /// @param sequences for each row, how many rows were learnt before it
  /// @param learnt rows that the host has offered so far
  public FitRequest(KMeans specification, double[][] rows, long[] sequences, long learnt) {
    this.specification = specification;
    this.rows = rows;
    this.sequences = sequences;
    this.learnt = learnt;
  }

  /// Fits the model. Pure: the same request and time give the same model, bit by bit.
  public Fit fit(Instant at) {
    return new KMeansFitting(this).fit(at);
  }

  public KMeans specification() {
    return specification;
  }

  double[][] rows() {
    return rows;
  }

  long[] sequences() {
    return sequences;
  }

  long learnt() {
    return learnt;
  }
}
