package io.fleetward.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.models.faults.Episode;
import io.fleetward.models.faults.FaultFeatures;
import io.fleetward.models.faults.FaultKind;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedEpisodesTest {
  private static final int WINDOW = 6;

  @TempDir private Path folder;

  private static Labels series(String name) {
    return Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, "recorder");
  }

  @Test
  void everyFeatureIsRecordedByARuleOfThePacks() throws IOException {
    RuleSet rules = ShortWindows.rules(WINDOW);
    assertThat(rules.groups())
        .flatMap(group -> group.rules())
        .extracting(Rule::name)
        .containsAll(FaultFeatures.series());
  }

  @Test
  void whatDeviatesDuringAFaultIsCountedAgainstTheQuietSecondsBefore() throws IOException {
    Path file = folder.resolve("r7.txt.gz");
    SeriesLayout layout =
        new SeriesLayout(
            List.of(series("node_forks_total"), series("node_memory_AnonPages_bytes")));
    double forks = 0;
    double anonymous = 1e9;
    try (RecordingWriter recording = new RecordingWriter(file)) {
      for (int second = 0; second < 40; second++) {
        boolean isFault = second >= 20 && second < 30;
        if (second == 20) {
          recording.start(new FaultRun("fork-storm", "perl", 500, 1), second * 1000L - 100);
        }
        recording.scrape(new Scrape(layout, second * 1000L, new double[] {forks, anonymous}));
        if (second == 29) {
          recording.end(second * 1000L + 100);
        }
        forks += isFault ? 500 : 10;
      }
    }
    List<Episode> episodes =
        RecordedEpisodes.of(file, RulePlan.of(ShortWindows.rules(WINDOW)), WINDOW * 1000);
    assertThat(episodes).hasSize(3);
    Episode last = episodes.getLast();
    assertThat(last.kind()).isEqualTo(FaultKind.FORK_STORM);
    assertThat(last.origin().program()).isEqualTo("perl");
    assertThat(last.origin().run()).startsWith("r7-");
    int feature = FaultFeatures.series().indexOf("instance:node_forks:rate30s");
    assertThat(last.deviation(feature)).isCloseTo((500 - 10) / 5.0, within(0.5));
    for (int other = 0; other < FaultFeatures.series().size(); other++) {
      if (other != feature) {
        assertThat(last.deviation(other)).isZero();
      }
    }
  }
}
