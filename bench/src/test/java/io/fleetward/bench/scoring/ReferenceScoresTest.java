package io.fleetward.bench.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReferenceScoresTest {
  private static final double TOLERANCE = 1e-9;

  @TestFactory
  Stream<DynamicTest> agreesWithTheReferences() throws IOException {
    JsonNode cases = References.require("reference.json").at("/cases");
    return cases.properties().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each)));
  }

  private static void check(Map.Entry<String, JsonNode> each) throws IOException {
    JsonNode expected = each.getValue();
    List<double[]> rows = References.rows(References.file(each.getKey() + ".csv.gz"));
    boolean[] labels = References.marks(rows, 1);
    ScoredRows scored = new ScoredRows(References.column(rows, 2), labels);

    Areas areas = Areas.of(scored);
    same(areas.precisionRecall(), expected.at("/metrics/AUC-PR"));
    same(areas.operatingCharacteristic(), expected.at("/metrics/AUC-ROC"));
    same(areas.bestF1(), expected.at("/metrics/Standard-F1"));

    for (Map.Entry<String, JsonNode> buffer : expected.at("/vus").properties()) {
      Volumes volumes = Volumes.of(scored, Integer.parseInt(buffer.getKey()));
      same(volumes.precisionRecall(), buffer.getValue().at("/VUS-PR"));
      same(volumes.operatingCharacteristic(), buffer.getValue().at("/VUS-ROC"));
    }
    check(Decisions.of(References.marks(rows, 3), labels), expected.at("/operational"));
  }

  private static void check(Decisions decisions, JsonNode expected) {
    same(decisions.events(), expected.at("/events"));
    same(decisions.eventRecall(), expected.at("/event_recall"));
    same(decisions.episodes(), expected.at("/alarm_episodes"));
    same(decisions.falseEpisodes(), expected.at("/false_episodes"));
    same(decisions.episodePrecision(), expected.at("/episode_precision"));
    same(decisions.medianDelay(), expected.at("/median_delay_pts"));
    same(decisions.falseAlarmsPer10kNormal(), expected.at("/fp_points_per_10k_normal"));
  }

  private static void same(double actual, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected.asDouble(), within(TOLERANCE));
    }
  }

  @Test
  void choosesTheBufferOfTheBenchmark() throws IOException {
    JsonNode cases = References.require("reference.json").at("/cases");
    for (JsonNode each : cases) {
      if (each.at("/period_window").isInt()) {
        List<double[]> rows = References.rows(References.data(each.at("/source").asText()));
        assertThat(PeriodWindow.of(References.column(rows, 0)))
            .isEqualTo(each.at("/period_window").asInt());
      }
    }
  }
}
