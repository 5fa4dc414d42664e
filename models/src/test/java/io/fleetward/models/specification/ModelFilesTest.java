package io.fleetward.models.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification.Ensemble;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  @TempDir Path folder;

  @Test
  void readsTheShippedModel() {
    ModelSpecification host = ModelFiles.load(List.of(Path.of("packs"))).getFirst();

    assertThat(host.name()).isEqualTo("host");
    assertThat(host.score()).isEqualTo("fleetward_anomaly_score");
    assertThat(host.features()).hasSizeGreaterThan(5);
  }

  @Test
  void fillsInDefaults() throws IOException {
    Path file =
        write(
            """
            models:
              - name: host
                score: anomaly
                detector: k-means
                features: [{ series: "instance:busy:ratio", scale_floor: 0.05 }]
            """);

    assertThat(ModelFiles.load(List.of(file)))
        .containsExactly(
            new KMeans(
                "host",
                "anomaly",
                List.of(new FeatureSpecification("instance:busy:ratio", 0.05, Direction.BOTH)),
                8,
                new TrainingSpecification(15, 60, 512, 64, 8_640, 2_160),
                0.98));
  }

  @Test
  void readsEveryKey() throws IOException {
    Path file =
        write(
            """
            models:
              - name: small-host
                score: anomaly
                detector: k-means
                centroids: 3
                anomalous_at: 0.995
                train: { settle: 0, after: 30, keep: 90, stride: 2, refit_every: 7, relearn_after: 9 }
                features: [{ series: free, scale_floor: 1e9, direction: down }]
            """);

    assertThat(ModelFiles.load(List.of(folder)))
        .containsExactly(
            new KMeans(
                "small-host",
                "anomaly",
                List.of(new FeatureSpecification("free", 1e9, Direction.DOWN)),
                3,
                new TrainingSpecification(0, 30, 90, 2, 7, 9),
                0.995));
    assertThat(file).exists();
  }

  @Test
  void readsAnEnsemble() throws IOException {
    Path file =
        write(
            """
            models:
              - name: short
                score: short_score
                detector: ensemble
                features: [{ series: busy }]
              - name: long
                score: long_score
                alarm: long_alarm
                threshold: long_threshold
                detector: ensemble
                budget: { false_episodes_per_day: 0.5 }
                features: [{ series: busy, scale_floor: 0.1 }, { series: free }]
            """);

    assertThat(ModelFiles.load(List.of(file)))
        .containsExactly(
            new Ensemble("short", "short_score", null, null, List.of(feature("busy", 0)), 2),
            new Ensemble(
                "long",
                "long_score",
                "long_alarm",
                "long_threshold",
                List.of(feature("busy", 0.1), feature("free", 0)),
                0.5));
  }

  private static FeatureSpecification feature(String series, double floor) {
    return new FeatureSpecification(series, floor, Direction.BOTH);
  }

  @Test
  void oneModelTellsKindsOfFaults() throws IOException {
    String one =
        """
          - name: %s
            score: %s
            kinds: %s
            detector: ensemble
            features: [{ series: busy }]
        """;
    Path good = write("models:\n" + one.formatted("a", "s", "k"));
    assertThat(ModelFiles.load(List.of(good)))
        .containsExactly(new Ensemble("a", "s", null, null, List.of(feature("busy", 0)), 2, "k"));
    Path two = write("models:\n" + one.formatted("a", "s", "k") + one.formatted("b", "t", "l"));

    assertThatThrownBy(() -> ModelFiles.load(List.of(two)))
        .hasMessageContaining("kinds of faults are told by the model at")
        .hasMessageContaining("remove \"kinds\" from one");
  }

  @Test
  void tellsWhatAnEnsembleDoesNotKnow() throws IOException {
    Path file =
        write(
            """
            models:
              - name: a
                score: s
                alarm: s
                detector: ensemble
                centroids: 3
                budget: { false_episodes_per_day: 0, per_week: 1 }
                features: [{ series: busy, direction: up }]
              - name: b
                score: t
                threshold: "no name"
                detector: ensemble
                features: [{ series: busy }]
              - name: c
                score: d
                alarm: e
                threshold: e
                detector: ensemble
                features: [{ series: busy }]
            """);

    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ModelFiles.load(List.of(file)));

    assertThat(refused.problems().stream().map(Object::toString))
        .anyMatch(text -> text.contains("host.yaml:6:5: unknown key \"centroids\""))
        .anyMatch(text -> text.contains(":7:39: \"false_episodes_per_day\" is \"0\""))
        .anyMatch(text -> text.contains("unknown key \"per_week\""))
        .anyMatch(text -> text.contains("unknown key \"direction\""))
        .anyMatch(text -> text.contains(":11:16: \"threshold\" is \"no name\""))
        .anyMatch(text -> text.contains("series \"e\" is already defined at"))
        .hasSize(6);
  }

  @Test
  void tellsAllProblemsAtOnceWithTheirPlaces() throws IOException {
    Path file =
        write(
            """
            models:
              - name: Host One
                detector: forest
                centroids: 0
                train: { after: 60, keep: 40, stride: 3 }
                features:
                  - { series: "9lives", scale_floor: 1 }
                  - { series: busy }
                  - { series: busy, scale_floor: -1, colour: red }
            """);

    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ModelFiles.load(List.of(file)));

    assertThat(refused.problems().stream().map(Object::toString))
        .anyMatch(text -> text.contains("host.yaml:2:11") && text.contains("Host One"))
        .anyMatch(text -> text.contains("\"score\" is missing"))
        .anyMatch(text -> text.contains(":3:15") && text.contains("k-means"))
        .anyMatch(text -> text.contains("\"centroids\" is \"0\""))
        .anyMatch(text -> text.contains("raise keep"))
        .anyMatch(text -> text.contains("power of two"))
        .anyMatch(text -> text.contains("9lives"))
        .anyMatch(text -> text.contains(":8:") && text.contains("\"scale_floor\" is missing"))
        .anyMatch(text -> text.contains("listed twice"))
        .anyMatch(text -> text.contains("unknown key \"colour\""));
  }

  @Test
  void refusesTwoModelsOfOneName() throws IOException {
    String model =
        """
          - { name: a, score: s, detector: k-means, features: [{ series: x, scale_floor: 1 }] }
        """;
    Path file = write("models:\n" + model + model);

    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ModelFiles.load(List.of(file)));

    assertThat(refused).hasMessageContaining("model \"a\" is already defined at");
    assertThat(refused).hasMessageContaining("series \"s\" is already defined at");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("host.yaml"), text);
  }
}
