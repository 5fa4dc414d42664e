package io.fleetward.models.faults;

import io.fleetward.models.faults.Episode.Origin;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The shipped episodes and those whose kind operators confirmed. Immutable.
///
/// @param shipped made by programs
/// @param confirmed by operators, one for each incident
/// @param weight how many shipped runs one confirmed incident counts as; above 0
public record LearntFaults(List<Episode> shipped, List<Episode> confirmed, double weight) {
  public LearntFaults {
    shipped = List.copyOf(shipped);
    confirmed = List.copyOf(confirmed);
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("a weight above 0, not " + weight);
    }
  }

  /// The shipped episodes alone.
  ///
  /// @param weight of what will be confirmed
  public static LearntFaults shipped(double weight) {
    return new LearntFaults(EpisodeTable.shipped(), List.of(), weight);
  }

  /// These and one more. A later decision on the same incident replaces the earlier one.
  ///
  /// @param kind [FaultKind#HEALTHY_LOAD] if it was a false alarm
  /// @throws IllegalArgumentException if the kind is unknown: there is nothing to learn
  public LearntFaults confirm(String incident, FaultKind kind, List<Contribution> contributions) {
    if (kind == FaultKind.UNKNOWN) {
      throw new IllegalArgumentException("nothing is learnt from an unknown kind: " + incident);
    }
    Episode episode =
        new Episode(
            kind,
            new Origin(Origin.OPERATOR, 0, incident),
            FaultFeatures.deviations(contributions));
    List<Episode> all = new ArrayList<>(confirmed);
    all.removeIf(each -> each.origin().equals(episode.origin()));
    all.add(episode);
    return new LearntFaults(shipped, all, weight);
  }

  /// A classifier that has learnt all of them. Takes seconds of CPU.
  public FaultClassifier train() {
    return trained().classifier();
  }

  /// The same classifier as files.
  ///
  /// @throws IllegalArgumentException if the model is larger than may be
  public FaultModelFile.Files trainToFiles() {
    return FaultModelFile.write(trained());
  }

  private FaultTraining.Trained trained() {
    return new FaultTraining().train(weighted());
  }

  List<WeightedEpisode> weighted() {
    return Stream.concat(
            shipped.stream().map(each -> new WeightedEpisode(each, 1)),
            confirmed.stream().map(each -> new WeightedEpisode(each, weight)))
        .filter(each -> each.episode().kind() != FaultKind.UNKNOWN)
        .toList();
  }
}
