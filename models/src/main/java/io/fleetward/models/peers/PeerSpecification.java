package io.fleetward.models.peers;

import io.fleetward.models.specification.FeatureSpecification;
import java.util.List;

/// How the hosts of a class are compared.
///
/// @param features in the order in which rows carry them; the scale floor keeps classes whose hosts
///   are all alike from calling a trifle a deviation
/// @param minimumHosts with fewer hosts to compare, nothing is said; at least [#LEAST_HOSTS]
/// @param idleBelow a host that is below every one of these does no work: it is neither judged nor
///   compared with; empty if no host counts as idle
public record PeerSpecification(
    List<FeatureSpecification> features, int minimumHosts, List<IdleBelow> idleBelow) {
  /// With fewer, one odd host moves the median that it is judged by.
  public static final int LEAST_HOSTS = 5;

  /// A feature's place in the row and the value from which on a host is at work.
  public record IdleBelow(int feature, double value) {}

  public PeerSpecification {
    features = List.copyOf(features);
    idleBelow = List.copyOf(idleBelow);
    int width = features.size();
    if (features.isEmpty()
        || minimumHosts < LEAST_HOSTS
        || features.stream().anyMatch(feature -> !(feature.scaleFloor() > 0))
        || idleBelow.stream()
            .anyMatch(idle ->
                idle.feature() < 0 || idle.feature() >= width || Double.isNaN(idle.value()))) {
      throw new IllegalArgumentException(
          "peers need features with a scale floor above 0, at least %d hosts, and idle limits on features they have; not %d features, %d hosts, %s"
              .formatted(LEAST_HOSTS, width, minimumHosts, idleBelow));
    }
  }
}
