package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrapeTimesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Test
  void aHostIsAlwaysScrapedAtTheSamePlace() {
    ScrapeTimes times = new ScrapeTimes("web-1", INTERVAL);
    long first = 1_000_000 + times.untilFirst(1_000_000).toMillis();

    assertThat(first).isBetween(1_000_000L, 1_009_999L);
    assertThat(times.untilFirst(first)).isZero();
    assertThat(times.untilFirst(first + 1)).isEqualTo(Duration.ofMillis(9_999));
    assertThat(times.untilFirst(first + 86_400_000 - 3)).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void aFleetIsSpreadOverTheInterval() {
    int[] counts = new int[10];
    IntStream.range(0, 1_000)
        .mapToLong(host -> new ScrapeTimes("web-" + host, INTERVAL).untilFirst(0).toMillis())
        .forEach(millis -> counts[(int) (millis / 1_000)]++);

    assertThat(IntStream.of(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(65, 135));
  }
}
