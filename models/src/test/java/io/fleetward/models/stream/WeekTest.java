package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A host that works less at weekends, made by hand: a row every ten minutes.
class WeekTest {
  private static final int CPU = 0;
  private static final int DAY = 144;
  private static final int WEEK = 7 * DAY;
  private static final long SECONDS = 600;
  private static final int FEATURES = 3;

  @Test
  void aWeekendIsAsUsualAsAnyDayOnceTheWeekIsKnown() {
    Ensemble scorer = new Ensemble(FEATURES, Times.SECONDS);
    double[][] rows = rows(7 * WEEK, 1);
    for (int i = 0; i < 6 * WEEK; i++) {
      scorer.learn(i * SECONDS, rows[i]);
    }
    int alarms = 0;
    int high = 0;
    for (int i = 6 * WEEK; i < 7 * WEEK; i++) {
      high += scorer.score(i * SECONDS, rows[i]) > 0.99 ? 1 : 0;
      alarms += scorer.alarm() ? 1 : 0;
      assertThat(scorer.expected(CPU)).isCloseTo(usual(i), within(16.0));
    }

    assertThat(alarms).isLessThan(WEEK / 5);
    assertThat(high).isLessThan(WEEK / 25);
  }

  @Test
  void aWeekendDayThatIsLikeAWorkdayRaisesAnAlarm() {
    Ensemble scorer = new Ensemble(FEATURES, Times.SECONDS);
    double[][] rows = rows(7 * WEEK, 4);
    int saturday = 6 * WEEK + 5 * DAY;
    for (int i = 0; i < saturday; i++) {
      scorer.learn(i * SECONDS, rows[i]);
    }
    int alarms = 0;
    for (int i = saturday; i < saturday + DAY; i++) {
      rows[i][CPU] = rows[i - DAY][CPU];
      scorer.score(i * SECONDS, rows[i]);
      alarms += scorer.alarm() ? 1 : 0;
    }

    assertThat(alarms).isGreaterThan(DAY / 5);
  }

  @Test
  void theWeekIsTakenOutOfFeaturesThatHaveOneAndOfNoOthers() {
    Calendar calendar = new Calendar(FEATURES, Times.SECONDS);
    Calendar withoutWeek = new Calendar(FEATURES, Times.SECONDS);
    double[][] rows = rows(6 * WEEK, 2);
    double level = 20 + (5 * 20 + 2 * 5) / 7.0;
    for (int i = 0; i < rows.length; i++) {
      calendar.turnTo(i * SECONDS);
      withoutWeek.turnTo(i * SECONDS);
      if (i >= 5 * WEEK) {
        double left = rows[i][CPU] - calendar.departure(CPU);
        assertThat(left).isCloseTo(level, within(12.0));
        for (int feature = 1; feature < FEATURES; feature++) {
          assertThat(calendar.departure(feature)).isEqualTo(withoutWeek.departure(feature));
        }
      }
      calendar.learn(rows[i]);
      calendar.review();
      withoutWeek.learn(rows[i]);
    }
  }

  @Test
  void aRestartBeforeTheWeekIsKnownContinuesExactlyAndNoScoreDependsOnLaterRows() {
    double[][] rows = rows(4 * WEEK, 3);
    int cut = 5 * WEEK / 2;
    Ensemble whole = new Ensemble(FEATURES, Times.SECONDS);
    Ensemble before = new Ensemble(FEATURES, Times.SECONDS);
    Ensemble after = new Ensemble(FEATURES, Times.SECONDS);
    double[] expected = scores(whole, rows, 0, rows.length);

    assertThat(scores(before, rows, 0, cut)).containsExactly(Arrays.copyOf(expected, cut));
    after.restore(before.toBytes());

    assertThat(scores(after, rows, cut, rows.length))
        .containsExactly(Arrays.copyOfRange(expected, cut, rows.length));
    assertThat(after.toBytes()).isEqualTo(whole.toBytes());
  }

  private static double[] scores(Ensemble scorer, double[][] rows, int from, int to) {
    double[] scores = new double[to - from];
    for (int i = from; i < to; i++) {
      scores[i - from] = scorer.score(i * SECONDS, rows[i]);
    }
    return scores;
  }

  /// Twenty at night, sixty at noon; thirty at noon of the last two days of seven.
  private static double usual(int row) {
    double noon = row / DAY % 7 >= 5 ? 10 : 40;
    return 20 + noon * (0.5 - 0.5 * Math.cos(2 * Math.PI * row / DAY));
  }

  /// CPU with a week, memory that wanders, a temperature.
  private static double[][] rows(int count, long seed) {
    var random = new Random(seed);
    double[][] rows = new double[count][];
    double memory = 0;
    for (int i = 0; i < count; i++) {
      memory = 0.9 * memory + random.nextGaussian();
      rows[i] =
          new double[] {
            usual(i) + 2 * random.nextGaussian(), 50 + memory, 40 + random.nextGaussian()
          };
    }
    return rows;
  }
}
