package io.fleetward.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.evaluation.QueryResult.Vector;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.series.Retention;
import io.fleetward.rules.series.SeriesStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the comparison with Debian's promtool found, as small as it gets.
class PromtoolFindingsTest {
  private final SeriesStore store = new SeriesStore(Retention.everything());

  private List<Sample> at(String text, long timeMillis) {
    if (!(PromQl.parse(text, Dialect.STABLE) instanceof Parsed.Valid(Expression expression))) {
      throw new AssertionError(text);
    }
    Query query = new Query(text, expression, store, EvaluationSettings.standard());
    if (!(query.instant(timeMillis).value() instanceof Vector(List<Sample> samples, _))) {
      throw new AssertionError(text);
    }
    return samples;
  }

  private void append(long timeMillis, double value, String... labels) {
    store.append(store.slot(Labels.of(labels)), timeMillis, value);
  }

  @Test
  void aStaleMarkerEndsASeriesInCompressedHistoryToo() {
    for (int i = 1; i <= 300; i++) {
      append(i * 15_007L, i == 7 ? StaleMarker.VALUE : i, "__name__", "x");
    }
    assertThat(at("x", 6 * 15_007L + 5_000)).hasSize(1);
    assertThat(at("x", 7 * 15_007L + 5_000)).isEmpty();
  }

  /// Prometheus before 2.50 lost a sample of the range with each step.
  @Test
  void aPinnedRangeStaysWhereItIsAtEachStep() {
    for (int i = 0; i <= 5; i++) {
      append(i * 60_000L, i * i, "__name__", "x");
    }
    assertThat(at("max_over_time(predict_linear(x[290s] @ 300, 60)[5m:70s])", 720_000))
        .extracting(Sample::value)
        .containsExactly(69.0);
    assertThat(at("min_over_time(predict_linear(x[290s] @ 300, 60)[5m:70s])", 720_000))
        .extracting(Sample::value)
        .containsExactly(48.0);
  }
}
