package io.fleetward.bench.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandWorkedScoresTest {
  private static boolean[] marks(String text) {
    boolean[] marks = new boolean[text.length()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = text.charAt(i) == '1';
    }
    return marks;
  }

  @Test
  void aScoreThatEqualsTheLabelIsPerfect() {
    ScoredRows rows = new ScoredRows(new double[] {0, 0, 1, 1, 0, 0}, marks("001100"));

    assertThat(Areas.of(rows).precisionRecall()).isEqualTo(1);
    assertThat(Areas.of(rows).operatingCharacteristic()).isEqualTo(1);
    assertThat(Areas.of(rows).bestF1()).isCloseTo(2 / 2.00001, within(1e-12));
    assertThat(Volumes.of(rows, 0).precisionRecall()).isEqualTo(1);
  }

  @Test
  void aConstantScoreIsWorthTheShareOfLabels() {
    ScoredRows rows = new ScoredRows(new double[10], marks("0001100000"));

    assertThat(Areas.of(rows).precisionRecall()).isCloseTo(0.2, within(1e-12));
    assertThat(Areas.of(rows).operatingCharacteristic()).isCloseTo(0.5, within(1e-12));
    // One row on either side weighs sqrt(1 - 1/2): areas .2, .2 and (2 + sqrt 2) / 10, since all
    // that is wanted alarms.
    assertThat(Volumes.of(rows, 2).precisionRecall())
        .isCloseTo((0.2 + 0.2 + (2 + Math.sqrt(2)) / 10) / 3, within(1e-12));
  }

  @Test
  void rowsWithoutScoreRankLast() {
    ScoredRows rows = new ScoredRows(new double[] {Double.NaN, 3, 2, -5}, marks("1100"));

    // 3 at precision 1, then 2 and -5 without a hit, then the unscored row at precision 2 of 4.
    assertThat(Areas.of(rows).precisionRecall()).isCloseTo(0.5 + 0.5 * 0.5, within(1e-12));
  }

  @Test
  void thereIsNoVolumeWithoutAnEvent() {
    assertThat(Volumes.of(new ScoredRows(new double[3], marks("000")), 4).precisionRecall())
        .isNaN();
  }

  @Test
  void countsDecisions() {
    Decisions decisions = Decisions.of(marks("1100011011000"), marks("0000111100011"));

    assertThat(decisions.events()).isEqualTo(2);
    assertThat(decisions.delays()).containsExactly(1);
    assertThat(decisions.eventRecall()).isEqualTo(0.5);
    assertThat(decisions.episodes()).isEqualTo(3);
    assertThat(decisions.falseEpisodes()).isEqualTo(2);
    assertThat(Decisions.all(List.of(decisions, decisions)).falseEpisodes()).isEqualTo(4);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    Decisions decisions = Decisions.of(marks("0001010"), marks("1111011"));

    assertThat(decisions.delays()).containsExactly(3, 0);
    assertThat(decisions.medianDelay()).isEqualTo(1.5);
  }

  @Test
  void anAlarmAtTheLeftEdgeOfEachNabWindowIsPerfect() {
    boolean[] alarms = new boolean[100];
    alarms[50] = true;
    double[] scores = new double[100];
    scores[50] = 7;
    NabCorpus corpus =
        new NabCorpus(List.of(new NabFile("f", scores, alarms, List.of(new Run(50, 59)))));

    for (NabProfile profile : NabProfile.values()) {
      assertThat(corpus.own(profile).score()).isCloseTo(100, within(1e-9));
      assertThat(corpus.optimised(profile).threshold()).isEqualTo(7);
    }
  }

  @Test
  void aSilentDetectorIsWorthNothingToNab() {
    NabCorpus corpus =
        new NabCorpus(
            List.of(new NabFile("f", new double[100], new boolean[100], List.of(new Run(50, 59)))));

    assertThat(corpus.own(NabProfile.STANDARD).score()).isZero();
    // To alarm on all 75 rows outside costs more than the window brings.
    assertThat(corpus.optimised(NabProfile.STANDARD).threshold())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(corpus.at(NabProfile.STANDARD, 0).score()).isNegative();
  }

  @Test
  void countsHealthyRowsThatScoreHigh() {
    Calibration calibration =
        Calibration.of(
            new double[] {0.95, 0.995, 0.9995, 0.9999, 0.5, Double.NaN}, marks("000100"));

    assertThat(calibration).isEqualTo(new Calibration(4, 3, 2, 1));
    assertThat(Calibration.all(List.of(calibration, calibration)).above99()).isEqualTo(4);
  }

  @Test
  void ranksCulprits() {
    BitSet labelled = new BitSet();
    labelled.set(1);
    labelled.set(4);
    Culprits culprits =
        Culprits.of(
            List.of(new Culprits.Event(new double[] {0.1, 0.5, 0.3, 0, 0.05, 0}, labelled)));

    assertThat(culprits.hitRate100()).isEqualTo(0.5);
    assertThat(culprits.hitRate150()).isEqualTo(0.5);
    assertThat(culprits.topThree()).isEqualTo(1);
    assertThat(culprits.topThreePrecision()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(culprits.chance()).isCloseTo(1 / 3.0, within(1e-12));
  }
}
