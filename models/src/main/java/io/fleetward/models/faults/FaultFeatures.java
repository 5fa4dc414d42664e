package io.fleetward.models.faults;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fixed vocabulary of the fault classifier, and how contributions become its inputs.
///
/// Inputs are deviations from the host's own usual, so that they mean the same on every host, and
/// squashed, so that a pattern counts more than its strength.
public final class FaultFeatures {
  private static final double MB = 1e6;

  private static final List<FaultFeature> ALL =
      List.of(
          feature("instance:node_cpu_busy:ratio_rate30s", 0.05),
          feature("instance:node_cpu_system:ratio_rate30s", 0.02),
          feature("instance:node_cpu_softirq:ratio_rate30s", 0.002),
          feature("instance:node_cpu_iowait:ratio_rate30s", 0.01),
          feature("instance:node_pressure_cpu_waiting:ratio_rate30s", 0.1),
          feature("instance:node_procs_running_per_core:ratio_avg30s", 0.5),
          feature("instance:node_procs_blocked:avg30s", 0.1),
          feature("instance:node_context_switches:rate30s", 1000),
          feature("instance:node_forks:rate30s", 5),
          feature("instance:fleetward_top_process_cpu:max_rate30s", 0.2),
          feature("instance:fleetward_top_process_memory_growth_bytes:max30s", 50 * MB),
          feature("instance:node_memory_available:ratio", -0.02),
          feature("instance:node_pressure_memory_waiting:ratio_rate30s", 0.02),
          feature("instance:node_memory_anonymous:bytes", 100 * MB),
          feature("instance:node_memory_anonymous:deriv30s", 5 * MB),
          feature("instance:node_memory_cached:deriv30s", MB),
          feature("instance:node_memory_slab:deriv30s", 0.1 * MB),
          feature("instance:node_memory_dirty:bytes", 20 * MB),
          feature("instance:node_memory_kernel_stack:bytes", 0.5 * MB),
          feature("instance:node_vmstat_pgfault:rate30s", 5000),
          feature("instance:node_vmstat_pgmajfault:rate30s", 5),
          feature("instance:node_filesystem_avail_bytes:min_deriv30s", -0.5 * MB),
          feature("instance:node_filesystem_files_free:min_deriv30s", -10),
          feature("instance:node_disk_busiest:ratio_rate30s", 0.02),
          feature("instance:node_pressure_io_waiting:ratio_rate30s", 0.02),
          feature("instance:node_disk_read_bytes:rate30s", 0.5 * MB),
          feature("instance:node_disk_written_bytes:rate30s", 0.5 * MB),
          feature("instance:node_disk_writes:rate30s", 10),
          feature("instance:node_disk_flushes:rate30s", 2),
          feature("instance:node_filefd_allocated:count", 100),
          feature("instance:node_filefd_allocated:deriv30s", 10),
          feature("instance:node_sockets_used:count", 10),
          feature("instance:node_tcp_opens:rate30s", 2),
          feature("instance:node_tcp_retransmits:rate30s", 1),
          feature("instance:node_tcp_listen_drops:rate30s", 1),
          feature("instance:node_udp_receive_drops:rate30s", 1),
          feature("instance:node_network_bytes:rate30s", 0.3 * MB),
          feature("instance:node_network_packets:rate30s", 100));

  /// Those that the K-Means detector of the host pack reads.
  private static final Set<String> BASIC =
      Set.of(
          "instance:node_cpu_busy:ratio_rate30s",
          "instance:node_pressure_cpu_waiting:ratio_rate30s",
          "instance:node_procs_running_per_core:ratio_avg30s",
          "instance:node_memory_available:ratio",
          "instance:node_pressure_memory_waiting:ratio_rate30s",
          "instance:node_disk_busiest:ratio_rate30s",
          "instance:node_pressure_io_waiting:ratio_rate30s",
          "instance:node_network_bytes:rate30s",
          "instance:fleetward_top_process_cpu:max_rate30s",
          "instance:fleetward_top_process_memory_growth_bytes:max30s");

  private static final Map<String, Integer> PLACES = places();

  private FaultFeatures() {}

  private static FaultFeature feature(String series, double unit) {
    return new FaultFeature(series, unit);
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    ALL.forEach(feature -> places.put(feature.series(), places.size()));
    return Map.copyOf(places);
  }

  /// The metric names of all features, in the order of rows. A host need not have all of them.
  public static List<String> series() {
    return ALL.stream().map(FaultFeature::series).toList();
  }

  /// Whether even a host pack's detector alone reads it.
  static boolean isBasic(int feature) {
    return BASIC.contains(ALL.get(feature).series());
  }

  /// Differs whenever the vocabulary or its units differ.
  static String digest() {
    return FaultModelFile.sha256(ALL.toString().getBytes(StandardCharsets.UTF_8));
  }

  static int count() {
    return ALL.size();
  }

  /// Deviations in units and in the direction of faults, in the order of [#series]; 0 for a feature
  /// that does not contribute or has no value. Contributions of other features are not read.
  public static double[] deviations(List<Contribution> contributions) {
    double[] deviations = new double[ALL.size()];
    for (Contribution each : contributions) {
      Integer place = PLACES.get(each.feature());
      if (place != null) {
        deviations[place] = ALL.get(place).deviation(each.actual(), each.expected());
      }
    }
    return deviations;
  }

  /// Contributions of which the classifier reads anything, farthest from the usual first.
  static List<Contribution> telling(List<Contribution> contributions) {
    return contributions.stream()
        .filter(each -> units(each) > 1)
        .sorted(Comparator.comparingDouble(FaultFeatures::units).reversed())
        .toList();
  }

  private static double units(Contribution contribution) {
    Integer place = PLACES.get(contribution.feature());
    return place == null
        ? 0
        : ALL.get(place).deviation(contribution.actual(), contribution.expected());
  }

  /// What the classifier reads of deviations; each between 0 and 1.
  static double[] squashed(double[] deviations) {
    double[] row = new double[deviations.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = FaultFeature.squashed(deviations[i]);
    }
    return row;
  }
}
