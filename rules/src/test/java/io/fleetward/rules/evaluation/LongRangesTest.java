package io.fleetward.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.series.Retention;
import io.fleetward.rules.series.SeriesStore;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocks with their summaries give what the samples themselves give.
class LongRangesTest {
  private static final Labels SERIES = Labels.of("__name__", "x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(x[%s])",
        "increase(x[%s])",
        "delta(x[%s])",
        "deriv(x[%s])",
        "predict_linear(x[%s], 3600)",
        "changes(x[%s])",
        "resets(x[%s])",
        "sum_over_time(x[%s])",
        "avg_over_time(x[%s])",
        "min_over_time(x[%s])",
        "max_over_time(x[%s])",
        "count_over_time(x[%s])",
        "stddev_over_time(x[%s])",
        "quantile_over_time(0.9, x[%s])",
        "last_over_time(x[%s])",
        "irate(x[%s])",
        "increase(x[%s] offset 3m)",
        "x offset 25m",
        "x offset 11m",
      })
  void blocksGiveWhatSamplesGive(String expression) {
    long seed = Long.getLong("fleetward.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      SeriesStore inBlocks = new SeriesStore(Retention.everything());
      SeriesStore inArrays = new SeriesStore(Retention.ofNewest(1_800_000, 1_800_000));
      long time = fill(random, inBlocks, inArrays);
      for (int range : new int[] {90, 700, 1500}) {
        String text = expression.replace("%s", range + "s");
        assertClose(
            value(text, inBlocks, time),
            value(text, inArrays, time),
            "seed %d: %s".formatted(seed, text));
      }
    }
  }

  private static long fill(SplittableRandom random, SeriesStore one, SeriesStore other) {
    boolean isCounter = random.nextBoolean();
    boolean hasOddities = random.nextInt(3) == 0;
    long step = random.nextBoolean() ? 1_000 : 500;
    long time = 1_700_000_000_000L;
    double value = random.nextDouble(0, 1e9);
    for (int i = 0; i < 4_000; i++) {
      time += step + random.nextInt(100);
      value = isCounter ? value + random.nextInt(50) : value + random.nextDouble(-10, 10);
      value = random.nextInt(300) == 0 ? random.nextInt(100) : value;
      double sample = value;
      if (hasOddities && random.nextInt(200) == 0) {
        sample = random.nextBoolean() ? StaleMarker.VALUE : Double.NaN;
      }
      one.append(one.slot(SERIES), time, sample);
      other.append(other.slot(SERIES), time, sample);
    }
    return time;
  }

  private static List<Double> value(String text, SeriesStore store, long time) {
    if (!(PromQl.parse(text, Dialect.STABLE) instanceof Parsed.Valid(Expression expression))) {
      throw new AssertionError(text);
    }
    QueryResult result =
        new Query(text, expression, store, EvaluationSettings.standard()).instant(time);
    if (!(result.value() instanceof QueryResult.Vector(List<Sample> samples, _))) {
      throw new AssertionError(result);
    }
    return samples.stream().map(Sample::value).toList();
  }

  private static void assertClose(List<Double> given, List<Double> expected, String what) {
    assertThat(given).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < given.size(); i++) {
      double a = given.get(i);
      double b = expected.get(i);
      boolean isSame =
          (Double.isNaN(a) && Double.isNaN(b))
              || a == b
              || Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
      assertThat(isSame).as("%s: %s and %s", what, a, b).isTrue();
    }
  }
}
