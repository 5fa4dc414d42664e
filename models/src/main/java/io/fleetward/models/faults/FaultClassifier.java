package io.fleetward.models.faults;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Tells kinds of faults from what deviates. Immutable and thread safe.
public final class FaultClassifier {
  /// Hosts that have fewer of the features show too little of what tells kinds apart: with a random
  /// half of them only one instant in five can be named, and of those one in six wrongly.
  private static final double LEAST_SHARE = 0.75;

  private final LinearScorer scorer;
  private final Calibration calibration;

  FaultClassifier(LinearScorer scorer, Calibration calibration) {
    this.scorer = scorer;
    this.calibration = calibration;
  }

  /// The classifier that Fleetward ships; read when it is first asked for.
  public static FaultClassifier shipped() {
    return Shipped.CLASSIFIER;
  }

  private static final class Shipped {
    private static final FaultClassifier CLASSIFIER = FaultModelFile.shipped();
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

  /// What a host's instant looks like: its kinds, if the host has enough of what they are told by.
  ///
  /// @param contributions to the instant's score; a feature that is not among them is as usual
  /// @param known the features that have a value
  public FaultFinding find(List<Contribution> contributions, Collection<String> known) {
    long features = FaultFeatures.series().stream().filter(known::contains).count();
    if (features < LEAST_SHARE * FaultFeatures.count()) {
      return FaultFinding.unknown(
          "%d of the %d features that kinds are told by have a value"
              .formatted(features, FaultFeatures.count()));
    }
    List<Contribution> telling = FaultFeatures.telling(contributions);
    if (telling.isEmpty()) {
      return FaultFinding.unknown("nothing that kinds are told by stands out");
    }
    List<FaultProbability> all = classify(telling);
    boolean named = all.getFirst().kind() != FaultKind.UNKNOWN;
    return new FaultFinding(
        all.subList(0, FaultFinding.MOST_KINDS + (named ? 0 : 1)),
        named ? "" : "no kind is probable enough",
        telling);
  }
}
