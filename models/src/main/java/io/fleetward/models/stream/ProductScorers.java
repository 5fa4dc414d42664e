package io.fleetward.models.stream;

/// Makes the product's detector with the product's defaults: one configuration for all rows.
public final class ProductScorers {
  private ProductScorers() {}

  /// A scorer that knows nothing yet.
  ///
  /// @param features values in a row, at least 1
  public static RowScorer create(int features, Times times) {
    return new Ensemble(features, times);
  }
}
