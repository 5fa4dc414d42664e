package io.fleetward.models.faults;

import java.util.Arrays;
import java.util.Objects;

/// What deviated at one instant while a fault was at work. Immutable.
public final class Episode {
  private final FaultKind kind;
  private final Origin origin;
  private final double[] deviations;

  /// Who made the fault, so that what was made alike can be held out together.
  ///
  /// @param program the kind of program
  /// @param intensity how strong in the program's own terms; only compared within a kind and
  ///   program
  /// @param run instants of one run of one fault share it, and count together as one
  public record Origin(String program, double intensity, String run) {
    /// The program of instants at which no fault was made.
    public static final String NOTHING = "nothing";

    /// The program of episodes whose kind an operator confirmed; their run is the incident.
    static final String OPERATOR = "operator";
  }

  /// @param deviations as [FaultFeatures#deviations] gives them
  /// @throws IllegalArgumentException if there is another number of deviations than of features, or
  ///   one is not finite
  public Episode(FaultKind kind, Origin origin, double... deviations) {
    if (deviations.length != FaultFeatures.count()
        || !Arrays.stream(deviations).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "an episode has %d finite deviations, one for each feature: %s"
              .formatted(FaultFeatures.count(), Arrays.toString(deviations)));
    }
    this.kind = kind;
    this.origin = origin;
    this.deviations = deviations.clone();
  }

  public FaultKind kind() {
    return kind;
  }

  public Origin origin() {
    return origin;
  }

  /// The deviation of a feature, in units and in the direction of faults.
  public double deviation(int feature) {
    return deviations[feature];
  }

  /// The same episode on a host that has only some of the features.
  ///
  /// @param has one for each feature
  Episode seenBy(boolean[] has) {
    double[] seen = new double[deviations.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = has[i] ? deviations[i] : 0;
    }
    return new Episode(kind, origin, seen);
  }

  /// The same episode while the host did something else as well.
  Episode beside(Episode other) {
    double[] sum = new double[deviations.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = deviations[i] + other.deviations[i];
    }
    return new Episode(kind, origin, sum);
  }

  /// What a classifier reads.
  double[] row() {
    return FaultFeatures.squashed(deviations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Episode that
        && kind == that.kind
        && origin.equals(that.origin)
        && Arrays.equals(deviations, that.deviations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, origin, Arrays.hashCode(deviations));
  }

  @Override
  public String toString() {
    return kind.text() + " by " + origin + " " + Arrays.toString(deviations);
  }
}
