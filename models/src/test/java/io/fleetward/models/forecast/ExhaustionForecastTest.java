package io.fleetward.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.fleetward.models.forecast.Outlook.Exhaustion;
import io.fleetward.models.forecast.Outlook.NotInSight;
import io.fleetward.models.forecast.Outlook.Undetermined;
import java.lang.management.ManagementFactory;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExhaustionForecastTest {
  /// A multiple of every scale's width, so that blocks begin where the tests do.
  private static final long START = 1_790_000_640_000L / 15_360_000 * 15_360_000;

  private static final int INTERVAL_MILLIS = 5_000;

  private final RobustLine line = new RobustLine();
  private final ExhaustionForecast forecast = new ExhaustionForecast(line);

  /// Feeds values, one each 5 s.
  private void feed(int from, int to, IntToDoubleFunction room) {
    for (int i = from; i < to; i++) {
      forecast.observe(START + (long) i * INTERVAL_MILLIS, room.applyAsDouble(i));
    }
  }

  @Test
  void toldNothingItTellsNothing() {
    assertThat(forecast.outlook()).isInstanceOf(Undetermined.class);
    assertThat(forecast.seconds(Side.MOST)).isNaN();
    assertThat(forecast.horizonSeconds()).isZero();
  }

  @Test
  void aLineNeedsTenBlocksOfAQuarterOfAMinute() {
    feed(0, 30, i -> 1000);
    assertThat(forecast.outlook()).isInstanceOf(Undetermined.class);
    feed(30, 31, i -> 1000);
    assertThat(forecast.outlook()).isInstanceOf(NotInSight.class);
  }

  @Test
  void aSteadyLossExhaustsWhenItsLineReachesZero() {
    // 1 a second, so that 5000 s after the start nothing is left.
    feed(0, 721, i -> 5000 - 5 * i);
    Exhaustion exhaustion = (Exhaustion) forecast.outlook();
    assertThat(exhaustion.median()).isCloseTo(1400, within(1.0));
    assertThat(exhaustion.lower()).isBetween(1300.0, 1401.0);
    assertThat(exhaustion.upper()).isBetween(1399.0, 1600.0);
  }

  @Test
  void aFlatRoomIsNotInSightOfItsEnd() {
    feed(0, 720, i -> 1000 + (i % 3));
    assertThat(forecast.outlook()).isInstanceOf(NotInSight.class);
    // 15 minutes verified at blocks of a minute reach an hour ahead and more.
    assertThat(forecast.horizonSeconds()).isGreaterThan(900);
  }

  @Test
  void aRoomThatIsRegainedAgainAndAgainGivesNoUpperBound() {
    // A log of 100 is rotated every 8 minutes, at 20 before the end, for 4 hours and 6 minutes.
    feed(0, 2952, i -> 120 - 100 * ((i % 96) / 96.0));
    Outlook outlook = forecast.outlook();
    double upper =
        outlook instanceof Exhaustion exhaustion ? exhaustion.upper() : Double.POSITIVE_INFINITY;
    assertThat(upper).isInfinite();
  }

  @Test
  void nothingLeftIsExhaustedNow() {
    feed(0, 100, i -> Math.max(0, 90 - i));
    assertThat(forecast.outlook()).isInstanceOf(Exhaustion.class);
    assertThat(forecast.seconds(Side.LEAST)).isZero();
    assertThat(forecast.seconds(Side.MOST)).isZero();
  }

  @Test
  void aLeakThatBeginsLateIsSeenWithinMinutes() {
    // Flat for an hour, then 1 a second: 3000 s after that nothing is left.
    feed(0, 721, i -> 3000);
    assertThat(forecast.outlook()).isInstanceOf(NotInSight.class);
    feed(721, 961, i -> 3000 - 5 * (i - 720));
    Exhaustion exhaustion = (Exhaustion) forecast.outlook();
    assertThat(exhaustion.lower()).isLessThanOrEqualTo(1800);
    feed(961, 1201, i -> 3000 - 5 * (i - 720));
    assertThat(((Exhaustion) forecast.outlook()).median()).isCloseTo(600, within(60.0));
  }

  @Test
  void whatIsNoNumberOrComesLateIsIgnored() {
    feed(0, 300, i -> 5000 - i);
    Outlook before = forecast.outlook();
    forecast.observe(START + 300L * INTERVAL_MILLIS, Double.NaN);
    forecast.observe(START + 300L * INTERVAL_MILLIS, Double.POSITIVE_INFINITY);
    forecast.observe(START, 1);
    assertThat(forecast.outlook()).isEqualTo(before);
  }

  @Test
  void afterALongGapItHasToLearnAgain() {
    feed(0, 721, i -> 5000 - 5 * i);
    // A day later the fine scales know nothing, and the coarse ones have no block without a gap.
    forecast.observe(START + 86_400_000L, 4000);
    assertThat(forecast.outlook()).isInstanceOf(Undetermined.class);
  }

  @Test
  void aFewMissingBlocksDoNotMatter() {
    feed(0, 500, i -> 5000 - 5 * i);
    feed(515, 721, i -> 5000 - 5 * i);
    assertThat(((Exhaustion) forecast.outlook()).median()).isCloseTo(1400, within(20.0));
  }

  @Test
  void aRestartContinuesExactly() {
    IntToDoubleFunction room = i -> 4000 - 2 * i + 30 * Math.sin(i);
    feed(0, 500, room);
    ExhaustionForecast other = new ExhaustionForecast(new RobustLine());
    assertThat(other.restore(forecast.toBytes())).isTrue();
    feed(500, 1000, room);
    for (int i = 500; i < 1000; i++) {
      other.observe(START + (long) i * INTERVAL_MILLIS, room.applyAsDouble(i));
    }
    assertThat(other.outlook()).isEqualTo(forecast.outlook());
    assertThat(other.toBytes()).isEqualTo(forecast.toBytes());
  }

  @Test
  void whatWasNeverStoredIsNotRestored() {
    byte[] stored = forecast.toBytes();
    stored[0] = 9;
    assertThat(forecast.restore(stored)).isFalse();
    assertThat(forecast.restore(new byte[3])).isFalse();
  }

  @Test
  void aForecastDoesNotDependOnLaterValues() {
    feed(0, 600, i -> 4000 - 2 * i + 30 * Math.sin(i));
    Outlook atSixHundred = forecast.outlook();
    ExhaustionForecast longer = new ExhaustionForecast(line);
    Outlook seen = new Undetermined("");
    for (int i = 0; i < 800; i++) {
      longer.observe(START + (long) i * INTERVAL_MILLIS, 4000 - 2 * i + 30 * Math.sin(i));
      seen = i == 599 ? longer.outlook() : seen;
    }
    assertThat(seen).isEqualTo(atSixHundred);
  }

  @Test
  void allocatesNothingForAValue() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    feed(0, 20_000, i -> 1e6 - i);
    double sum = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 20_000; i < 40_000; i++) {
      forecast.observe(START + (long) i * INTERVAL_MILLIS, 1e6 - i);
      sum += forecast.seconds(Side.LEAST) + forecast.seconds(Side.MOST);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isNotNaN();
    assertThat(bytes / 20_000.0).isLessThan(1);
  }
}
