package io.fleetward.models.peers;

import io.fleetward.models.peers.PeerAssessment.Compared;
import io.fleetward.models.peers.PeerAssessment.Deviation;
import io.fleetward.models.peers.PeerAssessment.Undetermined;
import io.fleetward.models.peers.PeerSpecification.IdleBelow;
import io.fleetward.models.specification.FeatureSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the hosts of one class at one instant. Immutable; pure.
///
/// A feature's deviation is its distance from the median of the class in robust standard deviations
/// (median absolute deviation, corrected for small classes). That ratio has heavier tails than the
/// values themselves, the more so the smaller the class: it is judged as Student's t. The furthest
/// feature makes the score, discounted for having been picked among so many.
public final class Peers {
  private final PeerSpecification specification;

  public Peers(PeerSpecification specification) {
    this.specification = specification;
  }

  /// Assesses every host of a class, in the order given.
  ///
  /// @param rows one of each host, taken at the same tick
  /// @throws IllegalArgumentException if a row has another number of features
  public List<PeerAssessment> compare(List<PeerRow> rows) {
    rows.forEach(this::checkWidth);
    List<PeerRow> active = rows.stream().filter(row -> !isIdle(row)).toList();
    List<@Nullable Spread> spreads = new ArrayList<>();
    for (int feature = 0; feature < specification.features().size(); feature++) {
      spreads.add(spread(active, feature));
    }
    return rows.stream().map(row -> assess(row, active.size(), spreads)).toList();
  }

  private void checkWidth(PeerRow row) {
    int width = specification.features().size();
    if (row.width() != width) {
      throw new IllegalArgumentException(
          "%s has %d features, but its class is compared by %d"
              .formatted(row.instance(), row.width(), width));
    }
  }

  /// Whether every limit is known to be undercut; a value that is missing proves nothing.
  private boolean isIdle(PeerRow row) {
    List<IdleBelow> limits = specification.idleBelow();
    return !limits.isEmpty()
        && limits.stream().allMatch(limit -> row.value(limit.feature()) < limit.value());
  }

  /// Null if too few hosts have the feature.
  private @Nullable Spread spread(List<PeerRow> active, int feature) {
    double[] values =
        active.stream().mapToDouble(row -> row.value(feature)).filter(Double::isFinite).toArray();
    if (values.length < specification.minimumHosts()) {
      return null;
    }
    return Spread.of(values, specification.features().get(feature).scaleFloor());
  }

  private PeerAssessment assess(PeerRow row, int active, List<@Nullable Spread> spreads) {
    if (isIdle(row)) {
      return new Undetermined(row.instance(), "idle: below every limit of work");
    }
    if (active < specification.minimumHosts()) {
      return new Undetermined(
          row.instance(),
          "%d hosts at work in its class, fewer than %d"
              .formatted(active, specification.minimumHosts()));
    }
    List<Deviation> deviations = new ArrayList<>();
    double leastTail = 1;
    for (int feature = 0; feature < spreads.size(); feature++) {
      Spread spread = spreads.get(feature);
      double value = row.value(feature);
      if (spread != null && Double.isFinite(value)) {
        FeatureSpecification about = specification.features().get(feature);
        double deviation = counted(spread.deviation(value), about);
        deviations.add(new Deviation(about.series(), value, spread.median(), deviation));
        leastTail = Math.min(leastTail, spread.tail(deviation));
      }
    }
    if (deviations.isEmpty()) {
      return new Undetermined(row.instance(), "no feature that enough hosts of its class have");
    }
    deviations.sort(Comparator.comparingDouble((Deviation each) -> -Math.abs(each.deviation())));
    // The chance that the furthest of so many features lies this far out.
    double score = Math.exp(deviations.size() * Math.log1p(-leastTail));
    return new Compared(row.instance(), score, active, deviations);
  }

  private static double counted(double deviation, FeatureSpecification about) {
    return switch (about.direction()) {
      case BOTH -> deviation;
      case UP -> Math.max(deviation, 0);
      case DOWN -> Math.min(deviation, 0);
    };
  }

  /// The middle and the width of a class in one feature.
  private record Spread(double median, double scale, int hosts) {
    private static final double MAD_TO_SIGMA = 1.4826;

    /// Croux and Rousseeuw's corrections for 5 to 9 values; beyond, n / (n - 0.8).
    private static final double[] CORRECTIONS = {1.206, 1.200, 1.140, 1.129, 1.107};

    private static final double MOST_FREEDOM = 8;

    static Spread of(double[] values, double floor) {
      Arrays.sort(values);
      double median = middle(values);
      double[] distances = Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
      Arrays.sort(distances);
      int count = values.length;
      double correction =
          count < 10 ? CORRECTIONS[count - PeerSpecification.LEAST_HOSTS] : count / (count - 0.8);
      double scale = MAD_TO_SIGMA * correction * middle(distances);
      return new Spread(median, Math.max(scale, floor), count);
    }

    private static double middle(double[] sorted) {
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double deviation(double value) {
      return (value - median) / scale;
    }

    /// The probability that a host like the others deviates this far to either side.
    ///
    /// Measured on normal values, the ratio's tail is that of Student's t with about half as many
    /// degrees of freedom as hosts. Features are not normal, so there are never more than 8.
    double tail(double deviation) {
      return StudentTail.bothSides(deviation, Math.min((hosts - 1) / 2.0, MOST_FREEDOM));
    }
  }
}
