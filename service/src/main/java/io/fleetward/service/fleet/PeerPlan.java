package io.fleetward.service.fleet;

import io.fleetward.models.peers.PeerSpecification;
import io.fleetward.models.peers.PeerSpecification.IdleBelow;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How hosts of a class are compared: by the features that models read and for which a smallest
/// deviation is known. Immutable.
///
/// @param identity tells one list of features from another
public record PeerPlan(PeerSpecification specification, long identity) {
  private static final String KEY = "peers;";

  /// The feature by which a host is told to be idle, and below which value it is: it is then
  /// neither judged nor compared with.
  private static final String WORK = "instance:node_cpu_busy:ratio_rate30s";

  private static final double IDLE = 0.02;

  /// Empty if models read nothing that can be compared.
  public static Optional<PeerPlan> of(List<ModelSpecification> models, FleetSettings settings) {
    Map<String, FeatureSpecification> features = new LinkedHashMap<>();
    for (ModelSpecification model : models) {
      model.features().stream()
          .filter(feature -> feature.scaleFloor() > 0)
          .forEach(feature -> features.putIfAbsent(feature.series(), feature));
    }
    if (features.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(features.keySet());
    List<IdleBelow> idle =
        names.contains(WORK) ? List.of(new IdleBelow(names.indexOf(WORK), IDLE)) : List.of();
    return Optional.of(
        new PeerPlan(
            new PeerSpecification(List.copyOf(features.values()), settings.leastPeers(), idle),
            digest(names)));
  }

  private static long digest(List<String> names) {
    UUID uuid = UUID.nameUUIDFromBytes(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(Long.BYTES).putLong(uuid.getMostSignificantBits()).getLong(0);
  }

  /// The key of records about a class of hosts.
  public static String keyOf(String hostClass) {
    return KEY + hostClass;
  }

  public static boolean isKey(String key) {
    return key.startsWith(KEY);
  }

  /// The series of a host in the order of the features.
  public List<Labels> series(String instance) {
    return specification.features().stream()
        .map(feature -> Labels.of(Labels.METRIC_NAME, feature.series(), Labels.INSTANCE, instance))
        .toList();
  }

  /// Classes are compared at every third tick: a host that is unlike its peers is so for minutes.
  public static long cellMillis(FleetSettings settings) {
    return 3 * settings.interval().toMillis();
  }
}
