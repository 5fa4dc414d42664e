package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final int LEARNT = 1500;

  @Test
  void doesNotKnowUntilItHasSeenEnough() {
    double[] scores = scores(new Ensemble(3, Times.ROWS), rows(400, 1), 0);

    assertThat(Arrays.copyOf(scores, 100)).containsOnly(Double.NaN);
    for (double score : Arrays.copyOfRange(scores, 200, 400)) {
      assertThat(score).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aScoreDoesNotDependOnLaterRows() {
    double[][] rows = rows(900, 2);

    double[] all = scores(new Ensemble(3, Times.ROWS), rows, 0);
    double[] prefix = scores(new Ensemble(3, Times.ROWS), Arrays.copyOf(rows, 600), 0);

    assertThat(prefix).containsExactly(Arrays.copyOf(all, 600));
  }

  @Test
  void continuesExactlyAfterARestart() {
    double[][] rows = rows(1200, 3);
    var whole = new Ensemble(3, Times.ROWS);
    double[] expected = scores(whole, rows, 0);
    var before = new Ensemble(3, Times.ROWS);
    scores(before, Arrays.copyOf(rows, 700), 0);

    var after = new Ensemble(3, Times.ROWS);
    after.restore(before.toBytes());

    assertThat(scores(after, Arrays.copyOfRange(rows, 700, 1200), 700))
        .containsExactly(Arrays.copyOfRange(expected, 700, 1200));
    assertThat(after.toBytes()).isEqualTo(whole.toBytes());
  }

  @Test
  void refusesTheStateOfOtherFeatures() {
    byte[] bytes = new Ensemble(2, Times.ROWS).toBytes();

    assertThatThrownBy(() -> new Ensemble(3, Times.ROWS).restore(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 features");
  }

  @Test
  void aSpikeScoresHighAndNamesItsFeature() {
    RowScorer scorer = trained(4);
    double[] spike = {0, 9, 0};
    int[] columns = new int[2];
    double[] shares = new double[2];

    double score = scorer.score(LEARNT, spike);

    assertThat(score).isGreaterThan(0.99);
    assertThat(scorer.contributions(columns, shares)).isPositive();
    assertThat(columns[0]).isEqualTo(1);
    assertThat(shares[0]).isBetween(0.5, 1.0);
  }

  @Test
  void aStepRaisesAnAlarmThatHolds() {
    RowScorer scorer = trained(5);
    double[][] rows = rows(20, 6);

    for (int i = 0; i < rows.length; i++) {
      rows[i][0] += 12;
      scorer.score(LEARNT + i, rows[i]);
      assertThat(scorer.alarm()).isTrue();
    }
  }

  @Test
  void scoresKeepTheirOrderFarBeyondWhatWasSeen() {
    double last = 0;
    for (double size = 10; size < 1e12; size *= 10) {
      double score = trained(7).score(LEARNT, new double[] {size, 0, 0});

      assertThat(score).isGreaterThan(last).isLessThan(1);
      last = score;
    }
  }

  @Test
  void isUndeterminedWithoutMostFeatures() {
    RowScorer scorer = trained(8);

    assertThat(scorer.score(LEARNT, new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0}))
        .isNaN();
    assertThat(scorer.alarm()).isFalse();
    assertThat(scorer.score(LEARNT + 1, new double[] {0, 0, 0})).isBetween(0.0, 1.0);
  }

  @Test
  void constantAndIdenticalFeaturesDoNoHarm() {
    var scorer = new Ensemble(3, Times.ROWS);
    var random = new Random(9);
    double score = 0;
    for (int i = 0; i < 600; i++) {
      double value = random.nextGaussian();
      score = scorer.score(i, new double[] {5, value, value});
    }

    assertThat(score).isBetween(0.0, 1.0);
    assertThat(scorer.score(600, new double[] {5, 3, -3})).isGreaterThan(0.99);
    assertThat(scorer.score(601, new double[] {6, 0, 0})).isGreaterThan(0.99);
  }

  @Test
  void anotherHostBeginsWithoutThePast() {
    Ensemble turned = trained(12);
    Ensemble other = trained(12);
    double[][] illRows = rows(50, 13);
    for (int i = 0; i < illRows.length; i++) {
      illRows[i][1] += 9;
      turned.score(LEARNT + i, illRows[i]);
    }
    assertThat(turned.alarm()).isTrue();

    turned.beginHost();
    other.beginHost();

    assertThat(turned.alarm()).isFalse();
    assertThat(turned.score(LEARNT + 50, new double[3])).isLessThan(0.9);
    assertThat(other.score(LEARNT + 50, new double[3])).isLessThan(0.9);
    assertThat(turned.alarm()).isFalse();
  }

  @Test
  void trainingRowsComeFirst() {
    RowScorer scorer = trained(10);
    scorer.score(LEARNT, new double[3]);

    assertThatThrownBy(() -> scorer.learn(LEARNT + 1, new double[3]))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Ensemble trained(long seed) {
    var scorer = new Ensemble(3, Times.ROWS);
    double[][] rows = rows(LEARNT, seed);
    for (int i = 0; i < LEARNT; i++) {
      scorer.learn(i, rows[i]);
    }
    return scorer;
  }

  private static double[] scores(RowScorer scorer, double[][] rows, long from) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = scorer.score(from + i, rows[i]);
    }
    return scores;
  }

  private static double[][] rows(int count, long seed) {
    var random = new Random(seed);
    double[][] rows = new double[count][3];
    for (double[] row : rows) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    return rows;
  }
}
