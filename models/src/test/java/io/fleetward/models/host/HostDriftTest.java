package io.fleetward.models.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostDriftTest {
  private static final long START = 1_700_000_000L;

  /// A span of rows, and the first of the next.
  private static HostDrift span(int rows, int high) {
    HostDrift drift = new HostDrift();
    for (int i = 0; i < rows; i++) {
      drift.observed(START + i * HostDrift.SPAN / rows, i < high ? 0.9 : 0.89);
    }
    assertThat(drift.isDrifted()).isFalse();
    drift.observed(START + HostDrift.SPAN, 0.1);
    return drift;
  }

  @Test
  void aSpanOfWhichHalfIsHighIsDrift() {
    assertThat(span(100, 50).isDrifted()).isTrue();
    assertThat(span(100, 49).isDrifted()).isFalse();
    assertThat(span(59, 59).isDrifted()).isFalse();
  }

  @Test
  void itHoldsUntilTheNextSpanHasEnded() {
    HostDrift drift = span(200, 200);
    drift.observed(START + 2 * HostDrift.SPAN - 1, 0.1);
    assertThat(drift.isDrifted()).isTrue();
    drift.observed(START + 2 * HostDrift.SPAN, 0.1);
    assertThat(drift.isDrifted()).isFalse();
  }

  @Test
  void undeterminedRowsSayNothing() {
    HostDrift drift = new HostDrift();
    for (int i = 0; i < 200; i++) {
      drift.observed(START + i, i % 2 == 0 ? Double.NaN : 0.95);
    }
    drift.observed(START + HostDrift.SPAN, Double.NaN);
    assertThat(drift.isDrifted()).isTrue();
  }

  @Test
  void whatSurvivesIsAllOfIt() {
    HostDrift drift = span(100, 80);
    HostDrift restored = new HostDrift();
    restored.restore(drift.toBytes());
    assertThat(restored.toBytes()).isEqualTo(drift.toBytes());
    assertThat(restored.isDrifted()).isTrue();
    restored.restore(new byte[] {9});
    assertThat(restored.isDrifted()).isFalse();
  }
}
