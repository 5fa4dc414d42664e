package io.fleetward.models.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelShiftTest {
  /// 0 to 10 again and again: standard deviation sqrt(10), median absolute deviation 3.
  private static final double[] ZERO_TO_TEN =
      IntStream.range(0, 110).mapToDouble(i -> i % 11).toArray();

  @Test
  void isTheMoveOfTheMedianInUnitsOfTheUsualSpread() {
    LevelShift shift = new LevelShift(ZERO_TO_TEN, 0);

    assertThat(shift.of(new double[] {4, 5, 6}, new double[] {14, 50, 15}))
        .isCloseTo(10 / (1.4826 * 3), within(1e-12));
    assertThat(shift.of(new double[] {5}, new double[] {0, 1})).isNegative();
  }

  @Test
  void aSteadyFeatureIsMeasuredByItsLevel() {
    double[] steady = new double[50];
    Arrays.fill(steady, 200);

    assertThat(new LevelShift(steady, 0).of(new double[] {200}, new double[] {230})).isEqualTo(3);
  }

  @Test
  void theUnitIsNotSmallerThanTheCallerSays() {
    LevelShift errors = new LevelShift(new double[50], 0.5);

    assertThat(errors.of(new double[] {0}, new double[] {2})).isEqualTo(4);
  }

  @Test
  void oneWildValueAmongManyDoesNotHideAShift() {
    double[] wild = ZERO_TO_TEN.clone();
    wild[7] = 1e9;
    double[] many =
        IntStream.range(0, 10)
            .boxed()
            .flatMapToDouble(i -> Arrays.stream(i == 0 ? wild : ZERO_TO_TEN))
            .toArray();

    assertThat(new LevelShift(many, 0).of(new double[] {5}, new double[] {15}))
        .isCloseTo(10 / (1.4826 * 3), within(1e-12));
  }

  @Test
  void saysNothingWithoutEnoughValues() {
    assertThat(new LevelShift(new double[7], 0).of(new double[] {1}, new double[] {2})).isNaN();
    assertThat(new LevelShift(ZERO_TO_TEN, 0).of(new double[] {Double.NaN}, new double[] {2}))
        .isNaN();
    assertThat(new LevelShift(ZERO_TO_TEN, 0).of(new double[] {1}, new double[0])).isNaN();
  }
}
