package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OnsetTest {
  private static final int ROWS = 3000;
  private static final int START = 2000;

  @Test
  void theFirstRowOfAnEpisodeRanksAboveItsContinuation() {
    double[] values = noise(ROWS, 1);
    raise(values, START, START + 60, 15);

    double[] scores = scores(new Ensemble(1, Times.ROWS), values, 0);

    double rest = max(scores, START + 2, START + 60);
    assertThat(scores[START]).isGreaterThan(rest).isGreaterThan(max(scores, 1000, START));
  }

  @Test
  void theSecondLikeBurstIsLessOfANews() {
    double[] values = noise(ROWS, 2);
    raise(values, START, START + 10, 15);
    raise(values, START + 300, START + 310, 15);

    double[] scores = scores(new Ensemble(1, Times.ROWS), values, 0);

    assertThat(max(scores, START + 300, START + 310)).isLessThan(scores[START]);
  }

  @Test
  void aWorseBurstIsNewsAgain() {
    double[] values = noise(ROWS, 3);
    raise(values, START, START + 3, 8);
    raise(values, START + 300, START + 303, 40);

    double[] scores = scores(new Ensemble(1, Times.ROWS), values, 0);

    assertThat(scores[START + 300]).isGreaterThan(max(scores, START + 10, START + 300));
  }

  @Test
  void onsetsAreRareAmongHealthyRows() {
    double[] scores = scores(new Ensemble(1, Times.ROWS), noise(20_000, 4), 0);

    long onsets = Arrays.stream(scores).skip(1000).filter(score -> score >= 0.9985).count();

    assertThat(onsets).isLessThan(60);
  }

  @Test
  void rowsOfSeveralFeaturesPassUnchanged() {
    var onset = new Onset(2);
    var curve = new TailCurve();
    curve.learn(0.5, 1);
    curve.settle();
    onset.take(1e9, 0);

    for (double fused = -1; fused < 20; fused += 0.5) {
      assertThat(onset.rank(fused)).isEqualTo(fused);
      assertThat(onset.score(fused, curve)).isEqualTo(curve.score(fused));
      assertThat(onset.scoreOfRank(fused, curve)).isEqualTo(curve.score(fused));
    }
  }

  @Test
  void ranksAndScoresAgree() {
    var curve = new TailCurve();
    curve.learn(0.5, 1);
    curve.settle();
    var onset = new Onset(1);
    for (double value : noise(500, 5)) {
      onset.take(value, 0);
      for (double fused : new double[] {0.5, 3, 4.5, 9, 25}) {
        assertThat(onset.scoreOfRank(onset.rank(fused), curve))
            .isCloseTo(onset.score(fused, curve), within());
      }
    }
  }

  @Test
  void anOnsetAlarmsAndScoresAboveTheThreshold() {
    double[] values = noise(ROWS, 6);
    raise(values, START, START + 60, 15);
    var scorer = new Ensemble(1, Times.ROWS);
    scores(scorer, Arrays.copyOf(values, START), 0);

    double score = scorer.score(START, new double[] {values[START]});

    assertThat(scorer.alarm()).isTrue();
    assertThat(score).isGreaterThan(scorer.threshold());
  }

  @Test
  void aScoreOfASingleSeriesDoesNotDependOnLaterRowsNorOnARestart() {
    double[] values = noise(ROWS, 7);
    raise(values, START, START + 60, 15);
    var whole = new Ensemble(1, Times.ROWS);
    double[] expected = scores(whole, values, 0);
    var before = new Ensemble(1, Times.ROWS);

    double[] prefix = scores(before, Arrays.copyOf(values, START + 5), 0);
    var after = new Ensemble(1, Times.ROWS);
    after.restore(before.toBytes());
    double[] rest = scores(after, Arrays.copyOfRange(values, START + 5, ROWS), START + 5);

    assertThat(prefix).containsExactly(Arrays.copyOf(expected, START + 5));
    assertThat(rest).containsExactly(Arrays.copyOfRange(expected, START + 5, ROWS));
    assertThat(after.toBytes()).isEqualTo(whole.toBytes());
  }

  @Test
  void spikesOfASingleSeriesKeepTheirOrder() {
    double last = 0;
    for (double size = 12; size < 1e9; size *= 10) {
      double[] values = noise(1500, 8);
      values[1499] = size;

      double score = scores(new Ensemble(1, Times.ROWS), values, 0)[1499];

      assertThat(score).isGreaterThan(last).isLessThan(1);
      last = score;
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  private static double[] noise(int rows, long seed) {
    var random = new Random(seed);
    double[] values = new double[rows];
    Arrays.setAll(values, _ -> random.nextGaussian());
    return values;
  }

  private static void raise(double[] values, int from, int to, double by) {
    for (int i = from; i < to; i++) {
      values[i] += by;
    }
  }

  private static double max(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).max().orElseThrow();
  }

  private static double[] scores(RowScorer scorer, double[] values, long from) {
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = scorer.score(from + i, new double[] {values[i]});
    }
    return scores;
  }
}
