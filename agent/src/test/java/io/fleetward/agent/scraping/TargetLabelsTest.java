package io.fleetward.agent.scraping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import org.junit.jupiter.api.Test;

class TargetLabelsTest {
  private static final Labels OURS = Labels.of("job", "db", "zone", "b");

  @Test
  void addsOurs() {
    assertThat(new TargetLabels(OURS, "web-1", false).of(Labels.of("__name__", "up", "x", "y")))
        .hasToString("up{instance=\"web-1\", job=\"db\", x=\"y\", zone=\"b\"}");
  }

  @Test
  void setsAsideWhatClashes() {
    Labels scraped =
        Labels.of("__name__", "a", "job", "own", "exported_job", "older", "instance", "other");

    assertThat(new TargetLabels(OURS, "web-1", false).of(scraped))
        .hasToString(
            "a{exported_exported_job=\"own\", exported_instance=\"other\", exported_job=\"older\", instance=\"web-1\", job=\"db\", zone=\"b\"}");
  }

  @Test
  void honoursAllButTheInstance() {
    Labels scraped = Labels.of("__name__", "a", "job", "own", "instance", "other");

    assertThat(new TargetLabels(OURS, "web-1", true).of(scraped))
        .hasToString("a{exported_instance=\"other\", instance=\"web-1\", job=\"own\", zone=\"b\"}");
  }
}
