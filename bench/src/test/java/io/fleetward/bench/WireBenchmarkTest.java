package io.fleetward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.metrics.Scrape;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class WireBenchmarkTest {
  @Test
  void measuresAHostsScrapes() {
    Scrape scrape = new HostScrapes(1).next();

    assertThat(scrape.size()).isEqualTo(HostScrapes.SERIES);
    assertThat(new HashSet<>(scrape.layout().series())).hasSize(HostScrapes.SERIES);
    assertThat(scrape.layout().series()).allMatch(labels -> labels.has("instance"));
  }

  @Test
  void judgesEachOfItsGoals() {
    Measurement measurement = new WireBenchmark().run(Effort.QUICK);

    assertThat(measurement.goals())
        .extracting(GoalResult::goal)
        .containsExactly(WireBenchmark.ENCODE, WireBenchmark.DECODE, WireBenchmark.SIZE);
    assertThat(measurement.goals()).noneMatch(GoalResult.NotMeasured.class::isInstance);
  }
}
