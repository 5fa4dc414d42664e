package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseMatrix.EigenDecomposition;

/// Distance from the mean in units of a fixed covariance (Mahalanobis), along the principal axes
/// that Tribuo's eigendecomposition finds; the ridge keeps axes without variance finite.
///
/// This is also the weighted PCA distance with all axes kept.
final class RidgeDistance {
  private final int width;
  private final double ridge;
  private final double[] axes; // axes[i * width + k]: share of channel i in the scaled axis k
  private final double[] along;

  RidgeDistance(int width, double ridge) {
    this.width = width;
    this.ridge = ridge;
    this.axes = new double[width * width];
    this.along = new double[width];
  }

  /// Takes the covariance of channels; the standard was made from the same moments.
  void fit(Moments moments, Standard standard) {
    var covariance = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        covariance[i][j] = moments.covariance(i, j) / (standard.scale(i) * standard.scale(j));
      }
    }
    EigenDecomposition axesOf = decompose(covariance);
    for (int k = 0; k < width; k++) {
      double scale = Math.sqrt(Math.max(axesOf.eigenvalues().get(k), 0) + ridge);
      for (int i = 0; i < width; i++) {
        axes[i * width + k] = axesOf.eigenvectors().get(i, k) / scale;
      }
    }
  }

  /// @throws IllegalArgumentException if the matrix holds something that is not a number
  static EigenDecomposition decompose(double[][] symmetric) {
    return DenseMatrix.createDenseMatrix(symmetric)
        .eigenDecomposition()
        .orElseThrow(() -> new IllegalArgumentException("no eigendecomposition"));
  }

  double of(double[] standard) {
    Arrays.fill(along, 0);
    for (int i = 0; i < width; i++) {
      double deviation = standard[i];
      int from = i * width;
      for (int k = 0; k < width; k++) {
        along[k] += deviation * axes[from + k];
      }
    }
    double sum = 0;
    for (int k = 0; k < width; k++) {
      sum += along[k] * along[k];
    }
    return Math.sqrt(sum);
  }

  void state(StateTape tape) throws IOException {
    tape.numbers(axes);
  }
}
