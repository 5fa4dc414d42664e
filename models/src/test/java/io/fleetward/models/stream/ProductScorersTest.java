package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What [RowScorer] promises, whatever detector is behind it.
class ProductScorersTest {
  private static final int ROWS = 1_200;

  private static double[][] rows() {
    SplittableRandom random = new SplittableRandom(7);
    double[][] rows = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      rows[row] =
          new double[] {
            random.nextDouble(), 5 + Math.sin(row / 9.0) + random.nextDouble(), random.nextDouble()
          };
    }
    return rows;
  }

  private static double[] scores(double[][] rows, int count) {
    RowScorer scorer = ProductScorers.create(3, Times.ROWS);
    double[] scores = new double[count];
    for (int row = 0; row < count; row++) {
      scores[row] = scorer.score(row, rows[row]);
    }
    return scores;
  }

  @Test
  void aScoreNeverDependsOnLaterRows() {
    double[] all = scores(rows(), ROWS);

    assertThat(scores(rows(), ROWS / 2)).isEqualTo(Arrays.copyOf(all, ROWS / 2));
    assertThat(all[0]).isNaN();
    assertThat(all[ROWS - 1]).isNotNaN();
  }

  @Test
  void tailsKeepTheirOrder() {
    double before = 0;
    for (double jump = 10; jump < 1e7; jump *= 10) {
      double[][] rows = rows();
      rows[ROWS - 1][0] = jump;
      double score = scores(rows, ROWS)[ROWS - 1];
      assertThat(score).isGreaterThan(before).isLessThanOrEqualTo(1);
      before = score;
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesThatAreMissingOrInfiniteDoNoHarm(Times times) {
    RowScorer scorer = ProductScorers.create(3, times);
    double[][] rows = rows();
    for (int row = 0; row < ROWS - 2; row++) {
      if (row % 50 == 0) {
        rows[row][row / 50 % 3] = row % 100 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      }
      scorer.score(60L * row, rows[row]);
    }

    double[] nothing = {Double.NaN, Double.NaN, Double.NaN};
    assertThat(scorer.score(60L * (ROWS - 2), nothing)).isNaN();
    assertThat(scorer.alarm()).isFalse();
    assertThat(scorer.score(60L * (ROWS - 2), rows[ROWS - 1])).isNotNaN();
  }

  @Test
  void trainingEndsWithTheFirstScore() {
    RowScorer scorer = ProductScorers.create(3, Times.ROWS);
    double[][] rows = rows();
    for (int row = 0; row < ROWS - 1; row++) {
      scorer.learn(row, rows[row]);
    }

    assertThat(scorer.score(ROWS - 1, rows[ROWS - 1])).isNotNaN();
    assertThatThrownBy(() -> scorer.learn(ROWS, rows[0])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesRowsOfAnotherLengthAndScorersWithoutFeatures() {
    RowScorer scorer = ProductScorers.create(3, Times.ROWS);

    assertThatThrownBy(() -> scorer.score(0, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProductScorers.create(0, Times.ROWS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheFeatureThatJumpedFirst() {
    RowScorer scorer = ProductScorers.create(3, Times.ROWS);
    double[][] rows = rows();
    rows[ROWS - 1][2] = 40;
    for (int row = 0; row < ROWS; row++) {
      scorer.score(row, rows[row]);
    }
    int[] columns = new int[2];
    double[] shares = new double[2];
    int given = scorer.contributions(columns, shares);

    assertThat(scorer.alarm()).isTrue();
    assertThat(given).isPositive();
    assertThat(columns[0]).isEqualTo(2);
    assertThat(shares[0]).isBetween(0.5, 1.0);
  }
}
