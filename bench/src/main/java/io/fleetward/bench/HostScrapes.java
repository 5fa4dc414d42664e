package io.fleetward.bench;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Scrapes of one made-up host as an agent would take them every 10 s: 300 series with the names of
/// node_exporter, counters that grow, gauges that wander, a good part that stays as it is.
final class HostScrapes {
  static final int SERIES = 300;

  private static final long START = 1_790_000_000_000L;
  private static final long INTERVAL_MILLIS = 10_000;
  private static final String[] CPU_MODES = {
    "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"
  };
  private static final String[] MEMORY = {
    "Active",
    "AnonPages",
    "Buffers",
    "Cached",
    "CommitLimit",
    "Committed_AS",
    "Dirty",
    "Inactive",
    "KernelStack",
    "Mapped",
    "MemAvailable",
    "MemFree",
    "MemTotal",
    "PageTables",
    "SReclaimable",
    "SUnreclaim",
    "Shmem",
    "Slab",
    "SwapCached",
    "SwapFree",
    "SwapTotal",
    "Unevictable",
    "VmallocUsed",
    "Writeback"
  };
  private static final String[] FILESYSTEM = {
    "avail_bytes", "files", "files_free", "free_bytes", "readonly", "size_bytes"
  };
  private static final String[] DISK = {
    "io_now",
    "io_time_seconds_total",
    "io_time_weighted_seconds_total",
    "read_bytes_total",
    "read_time_seconds_total",
    "reads_completed_total",
    "reads_merged_total",
    "write_time_seconds_total",
    "writes_completed_total",
    "writes_merged_total",
    "written_bytes_total"
  };
  private static final String[] NETWORK = {
    "carrier", "receive_bytes_total", "receive_drop_total", "receive_errs_total",
    "receive_packets_total", "speed_bytes", "transmit_bytes_total", "transmit_drop_total",
    "transmit_errs_total", "transmit_packets_total", "up"
  };
  private static final String[] PRESSURE = {
    "cpu_waiting", "io_stalled", "io_waiting", "memory_stalled", "memory_waiting"
  };

  private final RandomGenerator random;
  private final SeriesLayout layout;
  private final double[] current;
  private long time = START;

  HostScrapes(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.layout = new SeriesLayout(series());
    this.current = new double[layout.size()];
    for (int i = 0; i < current.length; i++) {
      current[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << random.nextInt(1, 31));
    }
  }

  private static List<Labels> series() {
    List<Labels> series = new ArrayList<>();
    for (int cpu = 0; cpu < 8; cpu++) {
      for (String mode : CPU_MODES) {
        series.add(of("node_cpu_seconds_total", "cpu", "" + cpu, "mode", mode));
      }
    }
    for (String name : MEMORY) {
      series.add(of("node_memory_" + name + "_bytes"));
    }
    for (String mount : List.of("/", "/boot", "/home", "/srv", "/var", "/var/lib/docker")) {
      for (String name : FILESYSTEM) {
        series.add(
            of(
                "node_filesystem_" + name,
                "device",
                "/dev/mapper/vg0" + mount.replace('/', '-'),
                "fstype",
                "ext4",
                "mountpoint",
                mount));
      }
    }
    for (String device : List.of("nvme0n1", "nvme1n1", "sda", "sdb")) {
      for (String name : DISK) {
        series.add(of("node_disk_" + name, "device", device));
      }
    }
    for (String device : List.of("bond0", "eno1", "eno2", "lo", "veth4a1c9d2", "virbr0")) {
      for (String name : NETWORK) {
        series.add(of("node_network_" + name, "device", device));
      }
    }
    for (String name : PRESSURE) {
      series.add(of("node_pressure_" + name + "_seconds_total"));
    }
    for (int process = 0; series.size() < SERIES; process++) {
      series.add(
          of(
              "fleetward_process_cpu_seconds_total",
              "executable",
              "/usr/sbin/service-" + process,
              "pid",
              "" + (900 + 37 * process)));
    }
    return series;
  }

  private static Labels of(String name, String... namesAndValues) {
    Labels labels = Labels.of(namesAndValues);
    return labels
        .with(Labels.METRIC_NAME, name)
        .with(Labels.INSTANCE, "compute-0417.rack-12.example.net")
        .with("job", "node");
  }

  /// The next scrape, 10 s later.
  Scrape next() {
    time += INTERVAL_MILLIS;
    for (int i = 0; i < current.length; i++) {
      switch (i % 4) {
        case 0 -> current[i] += random.nextInt(1_000) / 100.0;
        case 1 -> current[i] += random.nextInt(100_000);
        case 2 -> current[i] = Math.max(0, current[i] + 4_096 * (random.nextInt(201) - 100));
        default -> {}
      }
    }
    return new Scrape(layout, time, current.clone());
  }
}
