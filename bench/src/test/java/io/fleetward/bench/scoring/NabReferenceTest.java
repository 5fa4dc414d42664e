package io.fleetward.bench.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetward.models.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class NabReferenceTest {
  @Test
  void agreesWithTheReferences() throws IOException {
    JsonNode reference = References.require("nab-reference.json");
    List<String> detectors = List.of("gauss", "random");
    for (int detector = 0; detector < detectors.size(); detector++) {
      NabCorpus corpus = corpus(detector + 1);
      assertThat(corpus.files()).hasSize(reference.at("/files").asInt());
      for (NabProfile profile : NabProfile.values()) {
        JsonNode expected = reference.at("/detectors").get(detectors.get(detector));
        JsonNode best = expected.at("/optimised").get(profile.key());
        NabCorpus.Score optimised = corpus.optimised(profile);
        assertThat(optimised.score()).isCloseTo(best.at("/score").asDouble(), within(1e-9));
        assertThat(optimised.threshold()).isEqualTo(best.at("/threshold").asDouble());

        JsonNode fixed = expected.at("/fixed_0.99").get(profile.key());
        NabCorpus.Score at = corpus.at(profile, 0.99);
        assertThat(at.score()).isCloseTo(fixed.at("/score").asDouble(), within(1e-9));
        assertThat(at.raw()).isCloseTo(fixed.at("/raw").asDouble(), within(1e-9));
        assertThat(corpus.own(profile).score()).isCloseTo(at.score(), within(1e-9));
      }
    }
  }

  @Test
  void weighsRowsAsTheReferenceDoes() throws IOException {
    References.require("nab-reference.json");
    for (NabFile file : corpus(1).files()) {
      Path weights =
          References.file("nab-row-weights")
              .resolve(file.name().substring(file.name().indexOf('/') + 1) + ".gz");
      if (Files.exists(weights)) {
        List<double[]> rows = References.rows(weights);
        int column = 1;
        for (NabProfile profile : NabProfile.values()) {
          assertThat(file.weights(profile))
              .containsExactly(References.column(rows, column++), within(1e-12));
        }
      }
    }
  }

  /// @param column of the score
  private static NabCorpus corpus(int column) throws IOException {
    JsonNode windows = References.windows();
    List<NabFile> files = new ArrayList<>();
    for (String name : (Iterable<String>) () -> windows.fieldNames()) {
      Path scores = References.file("nab/" + name + ".gz");
      if (Files.exists(scores)) {
        List<String> times = times(References.data("nab/data/" + name));
        double[] score = References.column(References.rows(scores), column);
        boolean[] alarms = new boolean[score.length];
        IntStream.range(0, score.length).forEach(row -> alarms[row] = score[row] >= 0.99);
        List<Run> runs =
            StreamSupport.stream(windows.get(name).spliterator(), false)
                .map(pair -> new Run(row(times, pair.get(0)), row(times, pair.get(1))))
                .toList();
        files.add(new NabFile(name, score, alarms, runs));
      }
    }
    return new NabCorpus(files);
  }

  private static int row(List<String> times, JsonNode time) {
    return times.indexOf(time.asText().substring(0, 19));
  }

  private static List<String> times(Path file) {
    try (CsvTable table = CsvTable.open(file)) {
      List<String> times = new ArrayList<>();
      while (table.next()) {
        times.add(table.text(0));
      }
      return times;
    }
  }
}
