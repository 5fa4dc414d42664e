package io.fleetward.models.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The shipped classifier on patterns written by hand, as another host would show them.
class FaultClassifierTest {
  private static final FaultClassifier CLASSIFIER = FaultClassifier.shipped();

  private static List<FaultProbability> classify(Map<String, double[]> actualAndExpected) {
    List<Contribution> contributions = new ArrayList<>();
    actualAndExpected.forEach((series, pair) ->
        contributions.add(new Contribution("instance:" + series, pair[0], pair[1], 0)));
    return CLASSIFIER.classify(contributions);
  }

  @Test
  void nothingThatDeviatesIsUnknown() {
    assertThat(CLASSIFIER.classify(List.of()))
        .containsExactly(new FaultProbability(FaultKind.UNKNOWN, 1));
    assertThat(classify(Map.of("node_cpu_busy:ratio_rate30s", new double[] {0.31, 0.3})))
        .containsExactly(new FaultProbability(FaultKind.UNKNOWN, 1));
  }

  @Test
  void probabilitiesAreOrderedAndSumToOne() {
    List<FaultProbability> kinds = classify(Map.of("node_forks:rate30s", new double[] {900, 10}));
    List<Double> probabilities =
        kinds.stream()
            .filter(each -> each.kind() != FaultKind.UNKNOWN)
            .map(FaultProbability::probability)
            .toList();
    assertThat(probabilities)
        .hasSize(FaultKind.values().length - 1)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(probabilities.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aLeakOfMemoryIsNamed() {
    assertThat(
            classify(
                Map.of(
                    "node_memory_anonymous:bytes", new double[] {9e9, 8e9},
                    "node_memory_anonymous:deriv30s", new double[] {40e6, 0},
                    "node_vmstat_pgfault:rate30s", new double[] {15_000, 2_000},
                    "node_cpu_busy:ratio_rate30s", new double[] {0.36, 0.3},
                    "fleetward_top_process_memory_growth_bytes:max30s", new double[] {4e8, 0})))
        .first()
        .extracting(FaultProbability::kind)
        .isEqualTo(FaultKind.MEMORY_LEAK);
  }

  private static final List<Contribution> LEAK_OF_FILES =
      List.of(
          new Contribution("instance:node_filefd_allocated:deriv30s", 300, 0, 0.4),
          new Contribution("instance:node_cpu_busy:ratio_rate30s", 0.31, 0.3, 0.1),
          new Contribution("another", 7, 0, 0.1),
          new Contribution("instance:node_filefd_allocated:count", 9_000, 3_000, 0.4));

  @Test
  void aFindingNamesTheKindAndWhatItWasToldFrom() {
    FaultFinding finding = CLASSIFIER.find(LEAK_OF_FILES, FaultFeatures.series());

    assertThat(finding.kinds()).hasSize(3);
    assertThat(finding.kinds().getFirst().kind()).isEqualTo(FaultKind.FD_LEAK);
    assertThat(finding.reason()).isEmpty();
    assertThat(finding.deviations())
        .extracting(Contribution::feature)
        .containsExactly(
            "instance:node_filefd_allocated:count", "instance:node_filefd_allocated:deriv30s");
  }

  @Test
  void nothingIsGuessedWhereTheFeaturesAreNotThere() {
    assertThat(CLASSIFIER.find(LEAK_OF_FILES, FaultFeatures.series().subList(0, 28)))
        .isEqualTo(
            FaultFinding.unknown("28 of the 38 features that kinds are told by have a value"));
    assertThat(CLASSIFIER.find(List.of(), FaultFeatures.series()).kinds())
        .containsExactly(new FaultProbability(FaultKind.UNKNOWN, 1));
  }

  @Test
  void anUnknownKindComesWithThoseThatMayBeAndTheReason() {
    FaultFinding finding =
        CLASSIFIER.find(
            List.of(new Contribution("instance:node_memory_available:ratio", 0.4, 0.5, 1)),
            FaultFeatures.series());

    assertThat(finding.kinds()).hasSize(4);
    assertThat(finding.kinds().getFirst().kind()).isEqualTo(FaultKind.UNKNOWN);
    assertThat(finding.reason()).isEqualTo("no kind is probable enough");
  }

  @Test
  void aLeakOfFilesIsNamed() {
    assertThat(
            classify(
                Map.of(
                    "node_filefd_allocated:count", new double[] {9_000, 3_000},
                    "node_filefd_allocated:deriv30s", new double[] {300, 0})))
        .first()
        .extracting(FaultProbability::kind)
        .isEqualTo(FaultKind.FD_LEAK);
  }
}
