package io.fleetward.models.stream;

/// Makes the product's detector: one configuration for every host and every set of data.
public final class ProductScorers {
  private ProductScorers() {}

  /// A scorer that has seen nothing yet.
  ///
  /// @param features the length of each row, at least 1
  public static RowScorer create(int features, Times times) {
    if (features < 1) {
      throw new IllegalArgumentException("%d features; a row has at least 1".formatted(features));
    }
    return new ForgettingScores(features, times);
  }
}
