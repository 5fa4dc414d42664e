package io.fleetward.service.fleet;

import java.util.Map;
import java.util.TreeMap;

/// How far the partitions of the metrics topic have come: all of them at least to [#time]. Confined
/// to one thread.
public final class Watermark {
  private final Map<Integer, Long> partitions = new TreeMap<>();

  /// Hears that a partition has come to a time.
  ///
  /// @return the time that the partition has come to: a broker's clock may step back, a partition's
  ///   does not
  public long heard(int partition, long timeMillis) {
    return partitions.merge(partition, timeMillis, Math::max);
  }

  /// The time that all partitions have come to that were heard of; `Long.MIN_VALUE` if none was.
  public long time() {
    return partitions.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
  }

  /// The time that each partition has come to.
  public Map<Integer, Long> partitions() {
    return Map.copyOf(partitions);
  }
}
