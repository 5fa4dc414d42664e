package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;

class RidgeDistanceTest {
  @Test
  void theArraysAgreeWithTribuo() {
    int width = 6;
    double ridge = 0.03;
    var random = new Random(1);
    var moments = new Moments(width);
    for (int n = 0; n < 300; n++) {
      double[] row = random.doubles(width, -1, 1).toArray();
      row[1] = row[0] + 0.1 * row[1];
      moments.add(row, 1, Double.POSITIVE_INFINITY);
    }
    var distance = new RidgeDistance(width, ridge);
    distance.fit(moments, new Standard(width, 10));
    double[][] covariance = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        covariance[i][j] = moments.covariance(i, j) + (i == j ? ridge : 0);
      }
    }
    var factor = DenseMatrix.createDenseMatrix(covariance).choleskyFactorization().orElseThrow();

    for (int n = 0; n < 20; n++) {
      double[] row = random.doubles(width, -3, 3).toArray();
      DenseVector vector = DenseVector.createDenseVector(row);
      double expected = Math.sqrt(factor.solve(vector).dot(vector));

      assertThat(distance.of(row)).isCloseTo(expected, within(1e-9));
    }
  }
}
