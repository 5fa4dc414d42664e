package io.fleetward.bench;

import java.lang.management.ManagementFactory;

/// Where and beside what a benchmark ran.
///
/// @param loadBefore the load average of the last minute when it started, -1 where unknown
/// @param loadAfter the same when it ended
public record Machine(int processors, String java, double loadBefore, double loadAfter) {
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// This machine, with a load that was read earlier and the load now.
  public static Machine since(double loadBefore) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        loadBefore,
        load());
  }
}
