package io.fleetward.models.stream;

/// Makes the product's detector with the product's defaults: one configuration for all rows.
public final class ProductScorers {
  private ProductScorers() {}

  /// A scorer that knows nothing yet.
  ///
  /// @param features values in a row, at least 1
  /// @throws IllegalArgumentException if there are none
  public static RowScorer create(int features, Times times) {
    if (features < 1) {
      throw new IllegalArgumentException("%d features; a row has at least 1".formatted(features));
    }
    return new Ensemble(features, times);
  }
}
