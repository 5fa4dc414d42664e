package io.fleetward.models.faults;

import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/// A trained model as plain arrays: a weight for each kind and feature, and one for the kind alone.
/// Immutable; the answers are Tribuo's own.
final class LinearScorer {
  private final FaultKind[] kinds;

  /// By kind; the last of each row belongs to no feature.
  private final double[][] weights;

  private LinearScorer(FaultKind[] kinds, double[][] weights) {
    this.kinds = kinds;
    this.weights = weights;
  }

  /// @throws IllegalArgumentException if the model has other features or kinds
  static LinearScorer of(LinearSGDModel model) {
    DenseMatrix matrix = model.getWeightsCopy();
    FaultKind[] kinds = new FaultKind[matrix.getDimension1Size()];
    model
        .getOutputIDInfo()
        .forEach(pair -> kinds[pair.getA()] = FaultKind.valueOf(pair.getB().getLabel()));
    int features = FaultFeatures.count();
    ImmutableFeatureMap places = model.getFeatureIDMap();
    if (places.size() != features || matrix.getDimension2Size() != features + 1) {
      throw new IllegalArgumentException(
          "a model of %d features, not %d".formatted(places.size(), features));
    }
    double[][] weights = new double[kinds.length][features + 1];
    for (int kind = 0; kind < kinds.length; kind++) {
      for (int feature = 0; feature < features; feature++) {
        weights[kind][feature] = matrix.get(kind, places.getID(FaultTrainer.name(feature)));
      }
      weights[kind][features] = matrix.get(kind, features);
    }
    return new LinearScorer(kinds, weights);
  }

  /// How probable each kind is.
  ///
  /// @param row as [FaultFeatures#squashed] gives it
  /// @return one for each kind, by its place; 0 for one that the model does not know; they sum to 1
  double[] probabilities(double[] row) {
    double[] scores = new double[kinds.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int kind = 0; kind < scores.length; kind++) {
      double score = weights[kind][row.length];
      for (int feature = 0; feature < row.length; feature++) {
        score += weights[kind][feature] * row[feature];
      }
      scores[kind] = score;
      greatest = Math.max(greatest, score);
    }
    double sum = 0;
    for (int kind = 0; kind < scores.length; kind++) {
      scores[kind] = Math.exp(scores[kind] - greatest);
      sum += scores[kind];
    }
    double[] probabilities = new double[FaultKind.values().length];
    for (int kind = 0; kind < scores.length; kind++) {
      probabilities[kinds[kind].place()] = scores[kind] / sum;
    }
    return probabilities;
  }
}
