package io.fleetward.models.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TailCalibrationTest {
  /// Four held-out distances worth four independent rows, with a tail of scale 2.
  private static final TailCalibration WORKED_OUT =
      TailCalibration.of(4, 2, new double[] {2, 3, 5, 8}, new double[] {0.75, 0.5, 0.25, 0});

  @Test
  void agreesWithNumbersWorkedOutByHand() {
    // p(2) = (4 x 0.75 + 3) / (4 + 3) = 6/7
    assertThat(WORKED_OUT.score(2)).isCloseTo(1 - 6.0 / 7, within(1e-12));
    // halfway between 3 and 5 the share is 0.375: p = (1.5 + 3) / 7
    assertThat(WORKED_OUT.score(4)).isCloseTo(1 - 4.5 / 7, within(1e-12));
    // at the largest distance p = 3/7, and e times less one scale further
    assertThat(WORKED_OUT.score(8)).isCloseTo(1 - 3.0 / 7, within(1e-12));
    assertThat(WORKED_OUT.score(10)).isCloseTo(1 - 3.0 / 7 / Math.E, within(1e-12));
    assertThat(WORKED_OUT.score(0)).isZero();
  }

  @Test
  void countsResemblingRowsAsFewer() {
    // 0 0 1 1 0 0 1 1: mean 1/2, variance 8/4; neighbours' products 4 x 1/4 - 3 x 1/4 = 1/4, so
    // r = 1/8, corrected by (1 + 3/8) / 8 to 19/64; 8 x (45/64) / (83/64) = 360/83
    assertThat(EffectiveRows.of(new double[] {0, 0, 1, 1, 0, 0, 1, 1}))
        .isCloseTo(360.0 / 83, within(1e-12));
    assertThat(EffectiveRows.of(new double[] {5, 5, 5, 5})).isEqualTo(1);
    assertThat(EffectiveRows.of(new double[] {1})).isEqualTo(1);
  }

  @Test
  void fitsTheTailToTheExcessesOverTheNinetyPercentQuantile() {
    // Distances 1 to 20: over the 19th, excesses 0 and 1, mean 1/2.
    double[] heldOut = new double[20];
    for (int i = 0; i < 20; i++) {
      heldOut[i] = 1 + (i * 7) % 20;
    }
    TailCalibration calibration = TailCalibration.fit(heldOut);

    double weight = 0.1 * calibration.effectiveRows();
    assertThat(calibration.tailScale())
        .isCloseTo((weight * 0.5 + 2 * 1) / (weight + 2), within(1e-12));
  }

  @Test
  void ranksEveryDistanceStrictly() {
    TailCalibration calibration = TailCalibration.fit(normalDistances(500, 1));
    double last = -1;
    for (double distance = 0; distance < 1e4; distance = distance * 1.001 + 0.001) {
      double score = calibration.score(distance);
      assertThat(score).as("score at %s", distance).isGreaterThan(last).isLessThan(1);
      last = score;
    }
  }

  @Test
  void asksTwoMeaningfulDeviationsOfTheQuietestHost() {
    TailCalibration quiet = TailCalibration.fit(scaled(normalDistances(5_000, 2), 0.01));

    assertThat(quiet.score(1.9)).isLessThan(0.98);
    assertThat(quiet.score(4)).isGreaterThan(0.99);
  }

  @Test
  void promisesNoMoreThanItKeepsOnRowsNotSeen() {
    TailCalibration calibration = TailCalibration.fit(normalDistances(4_000, 3));
    double[] fresh = normalDistances(40_000, 4);

    for (double share : new double[] {0.1, 0.05, 0.02, 0.01}) {
      long beyond = 0;
      for (double distance : fresh) {
        beyond += calibration.score(distance) > 1 - share ? 1 : 0;
      }
      assertThat((double) beyond / fresh.length).isBetween(share / 2, share * 1.25);
    }
  }

  @Test
  void refusesPartsThatMakeNoCalibration() {
    double[] one = {1};
    double[] none = {0};
    assertThatIllegalArgumentException().isThrownBy(() -> TailCalibration.of(0, 1, one, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailCalibration.of(1, Double.NaN, one, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailCalibration.of(1, 1, new double[] {2, 1}, new double[] {0.5, 0}));
    assertThatIllegalArgumentException().isThrownBy(() -> TailCalibration.of(1, 1, one, one));
  }

  /// Distances of independent normal rows of six features.
  private static double[] normalDistances(int count, long seed) {
    var random = new Random(seed);
    double[] distances = new double[count];
    for (int i = 0; i < count; i++) {
      double squared = 0;
      for (int feature = 0; feature < 6; feature++) {
        double value = random.nextGaussian();
        squared += value * value;
      }
      distances[i] = Math.sqrt(squared);
    }
    return distances;
  }

  private static double[] scaled(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= by;
    }
    return values;
  }
}
