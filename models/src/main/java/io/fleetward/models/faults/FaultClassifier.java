package io.fleetward.models.faults;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Tells kinds of faults from what deviates. Immutable and thread safe.
public final class FaultClassifier {
  private final LinearScorer scorer;
  private final Calibration calibration;

  FaultClassifier(LinearScorer scorer, Calibration calibration) {
    this.scorer = scorer;
    this.calibration = calibration;
  }

  /// The classifier that Fleetward ships.
  public static FaultClassifier shipped() {
    return FaultModelFile.shipped();
  }

  /// The kinds that an episode may be of, the most probable first.
  ///
  /// [FaultKind#UNKNOWN] comes first if no kind is probable enough, or nothing that the classifier
  /// knows deviates; its probability is that of the next in the list being wrong.
  ///
  /// @param contributions of the episode's strongest instant; features that the classifier does not
  ///   know are not read, and those it knows may be missing
  /// @return never empty
  public List<FaultProbability> classify(List<Contribution> contributions) {
    double[] row = FaultFeatures.squashed(FaultFeatures.deviations(contributions));
    if (Arrays.stream(row).allMatch(value -> value == 0)) {
      return List.of(new FaultProbability(FaultKind.UNKNOWN, 1));
    }
    double[] probabilities = calibration.apply(scorer.probabilities(row));
    List<FaultProbability> kinds = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      if (kind != FaultKind.UNKNOWN) {
        kinds.add(new FaultProbability(kind, probabilities[kind.place()]));
      }
    }
    kinds.sort(Comparator.comparingDouble(FaultProbability::probability).reversed());
    double best = kinds.getFirst().probability();
    if (best < calibration.threshold()) {
      kinds.addFirst(new FaultProbability(FaultKind.UNKNOWN, 1 - best));
    }
    return List.copyOf(kinds);
  }
}
