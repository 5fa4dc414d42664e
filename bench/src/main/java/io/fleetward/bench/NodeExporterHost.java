package io.fleetward.bench;

import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// A made-up host as a Prometheus that scrapes node_exporter every 15 s sees it: 293 series of an
/// 8-core server with 4 file systems, 3 disks and 3 network cards. Any value of any time can be had
/// in any order, so that two engines are given the same.
///
/// Immutable.
public final class NodeExporterHost {
  public static final int SERIES = 293;
  static final long INTERVAL_MILLIS = 15_000;

  private static final List<String> LONG =
      List.of("filesystem_avail_bytes", "filesystem_files_free");
  private static final List<String> CPU_MODES =
      List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");
  private static final List<String> MEMORY =
      List.of(
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
          "PageTables",
          "Shmem",
          "Slab",
          "SwapFree");
  private static final List<String> DISK =
      List.of(
          "io_time_seconds_total",
          "io_time_weighted_seconds_total",
          "read_bytes_total",
          "read_time_seconds_total",
          "reads_completed_total",
          "reads_merged_total",
          "write_time_seconds_total",
          "writes_completed_total",
          "writes_merged_total",
          "written_bytes_total");
  private static final List<String> NETWORK =
      List.of("bytes", "compressed", "drop", "errs", "fifo", "packets");
  private static final List<String> NETSTAT =
      List.of(
          "Icmp_InErrors",
          "Ip_Forwarding",
          "TcpExt_ListenDrops",
          "TcpExt_SyncookiesSent",
          "TcpExt_TCPTimeouts",
          "Tcp_ActiveOpens",
          "Tcp_CurrEstab",
          "Tcp_InSegs",
          "Tcp_OutRsts",
          "Tcp_OutSegs",
          "Tcp_RetransSegs",
          "Udp_InDatagrams",
          "Udp_InErrors",
          "Udp_OutDatagrams");
  private static final List<String> UNIT_STATES =
      List.of("activating", "active", "deactivating", "failed", "inactive");

  private final String instance;
  private final long seed;
  private final String mark;
  private final List<Line> lines = new ArrayList<>(SERIES);

  /// How a series goes on.
  private enum Course {
    CONSTANT,
    /// Grows by up to twice its pace in each interval, never falls.
    COUNTER,
    /// Wanders around its level by up to its pace.
    GAUGE,
    /// Sinks by its pace in each interval, with noise.
    SINKING
  }

  /// @param labels without the instance
  private record Line(Labels labels, boolean isLong, Course course, double level, double pace) {}

  /// @param isIll whether a file system is nearly full, so that alerts hold
  public NodeExporterHost(String instance, long seed, boolean isIll) {
    this(instance, seed, isIll, "");
  }

  /// @param mark ends the names of all devices; with marks of their own no two hosts are alike
  NodeExporterHost(String instance, long seed, boolean isIll, String mark) {
    this.instance = instance;
    this.seed = seed;
    this.mark = mark;
    addProcessors();
    addFileSystems(isIll);
    addDisks();
    addNetwork();
    addMemory();
    addKernel();
    addUnits();
    addProcesses();
    for (int collector = 0; lines.size() < SERIES; collector++) {
      add(Course.CONSTANT, 1, 0, "scrape_collector_success", "collector", "c" + collector);
    }
  }

  private void add(
      Course course, double level, double pace, String name, String... namesAndValues) {
    String metric = name.startsWith("fleetward_") ? name : "node_" + name;
    Labels labels =
        Labels.of(namesAndValues).with(Labels.METRIC_NAME, metric).with("job", "node-exporter");
    boolean isLong = LONG.contains(name);
    lines.add(new Line(labels, isLong, course, level, pace));
  }

  private void addProcessors() {
    for (int cpu = 0; cpu < 8; cpu++) {
      for (String mode : CPU_MODES) {
        double share = mode.equals("idle") ? 12 : 0.4;
        add(Course.COUNTER, 90_000, share, "cpu_seconds_total", "cpu", "" + cpu, "mode", mode);
      }
    }
  }

  private void addFileSystems(boolean isIll) {
    for (String mount : List.of("/", "/home", "/srv", "/var/lib/docker")) {
      String[] labels = {
        "device",
        "/dev/mapper/vg0" + mount.replace('/', '-') + mark,
        "fstype",
        "ext4",
        "mountpoint",
        mount
      };
      double free = isIll && mount.equals("/srv") ? 8e9 : 2.2e11;
      add(Course.SINKING, free, 20_000, "filesystem_avail_bytes", labels);
      add(Course.SINKING, free + 2e10, 20_000, "filesystem_free_bytes", labels);
      add(Course.CONSTANT, 5e11, 0, "filesystem_size_bytes", labels);
      add(Course.CONSTANT, 3.2e7, 0, "filesystem_files", labels);
      add(Course.SINKING, 2.9e7, 2, "filesystem_files_free", labels);
      add(Course.CONSTANT, 0, 0, "filesystem_readonly", labels);
      add(Course.CONSTANT, 0, 0, "filesystem_device_error", labels);
    }
  }

  private void addDisks() {
    for (String disk : List.of("nvme0n1", "sda", "sdb")) {
      String device = disk + mark;
      for (String name : DISK) {
        double pace = name.contains("bytes") ? 4e6 : name.contains("seconds") ? 0.9 : 120;
        add(Course.COUNTER, 1e6, pace, "disk_" + name, "device", device);
      }
      add(Course.GAUGE, 2, 2, "disk_io_now", "device", device);
    }
    for (String state : List.of("active", "failed", "spare", "sync")) {
      double count = state.equals("active") ? 2 : 0;
      add(Course.CONSTANT, count, 0, "md_disks", "device", "md0", "state", state);
    }
    add(Course.CONSTANT, 2, 0, "md_disks_required", "device", "md0");
  }

  private void addNetwork() {
    for (String card : List.of("eno1", "eno2", "lo")) {
      String device = card + mark;
      for (String name : NETWORK) {
        double pace = name.equals("bytes") ? 9e6 : name.equals("packets") ? 8_000 : 0;
        Course course = pace == 0 ? Course.CONSTANT : Course.COUNTER;
        add(course, 1e7, pace, "network_receive_" + name + "_total", "device", device);
        add(course, 1e7, pace, "network_transmit_" + name + "_total", "device", device);
      }
      add(Course.CONSTANT, 1, 0, "network_up", "device", device);
      add(Course.CONSTANT, 1.25e9, 0, "network_speed_bytes", "device", device);
    }
    add(Course.CONSTANT, 2, 0, "bonding_slaves", "master", "bond0");
    add(Course.CONSTANT, 2, 0, "bonding_active", "master", "bond0");
  }

  private void addMemory() {
    add(Course.CONSTANT, 1.35e11, 0, "memory_MemTotal_bytes");
    add(Course.CONSTANT, 8e9, 0, "memory_SwapTotal_bytes");
    for (String name : MEMORY) {
      add(Course.GAUGE, name.equals("MemAvailable") ? 9e10 : 6e9, 2e8, "memory_" + name + "_bytes");
    }
  }

  private void addKernel() {
    for (String name : NETSTAT) {
      add(Course.COUNTER, 1e6, 300, "netstat_" + name);
    }
    for (String name : List.of("pgfault", "pgmajfault", "pgpgin", "pgpgout", "pswpin", "pswpout")) {
      add(Course.COUNTER, 1e6, name.equals("pgmajfault") ? 20 : 900, "vmstat_" + name);
    }
    for (String name : List.of("cpu_waiting", "io_stalled", "io_waiting", "memory_waiting")) {
      add(Course.COUNTER, 2_000, 0.2, "pressure_" + name + "_seconds_total");
    }
    for (String name : List.of("load1", "load5", "load15")) {
      add(Course.GAUGE, 3, 1, name);
    }
    for (String name : List.of("context_switches_total", "intr_total", "forks_total")) {
      add(Course.COUNTER, 1e9, 50_000, name);
    }
    add(Course.CONSTANT, 0, 0, "vmstat_oom_kill");
    add(Course.GAUGE, 9_000, 800, "filefd_allocated");
    add(Course.CONSTANT, 9.2e18, 0, "filefd_maximum");
    add(Course.GAUGE, 4_000, 900, "nf_conntrack_entries");
    add(Course.CONSTANT, 262_144, 0, "nf_conntrack_entries_limit");
    add(Course.GAUGE, 0, 0.0004, "timex_offset_seconds");
    add(Course.GAUGE, 0.02, 0.01, "timex_maxerror_seconds");
    add(Course.CONSTANT, 1, 0, "timex_sync_status");
    add(Course.CONSTANT, 0, 0, "textfile_scrape_error");
    add(Course.GAUGE, 4, 3, "procs_running");
    add(Course.CONSTANT, 0, 0, "procs_blocked");
  }

  /// What our agent tells beside node_exporter's series.
  private void addProcesses() {
    for (String comm : List.of("java", "mysqld", "nova-compute", "ovs-vswitchd", "qemu-kvm")) {
      String[] labels = {"comm", comm, "pid", "4" + comm.length(), "start", "1789990000"};
      add(Course.COUNTER, 4_000, 1.5, "fleetward_top_process_cpu_seconds_total", labels);
      add(Course.GAUGE, 2e9, 1e6, "fleetward_top_process_resident_memory_bytes", labels);
    }
  }

  private void addUnits() {
    for (String unit : List.of("cron", "nova-compute", "ovs-vswitchd", "sshd", "telegraf")) {
      String name = unit + ".service";
      for (String state : UNIT_STATES) {
        double value = state.equals("active") ? 1 : 0;
        add(Course.CONSTANT, value, 0, "systemd_unit_state", "name", name, "state", state);
      }
      add(Course.CONSTANT, 1, 0, "systemd_service_restart_total", "name", name);
    }
  }

  String instance() {
    return instance;
  }

  /// The labels of a series, made anew, as they are for a host that is met for the first time.
  public Labels labels(int series) {
    return lines.get(series).labels().with(Labels.INSTANCE, instance);
  }

  /// Whether some rule of node-mixin looks hours back on this series.
  boolean isLong(int series) {
    return lines.get(series).isLong();
  }

  /// The value of a series.
  ///
  /// @param step intervals since the host's history began
  double value(int series, long step) {
    return value(seed, series, step);
  }

  /// The value of a series of a like host with another seed.
  public double value(long seed, int series, long step) {
    Line line = lines.get(series);
    double chance = chance(seed, series, step);
    return switch (line.course()) {
      case CONSTANT -> line.level();
      case COUNTER -> line.level() + Math.rint(100 * line.pace() * (step + chance)) / 100;
      case GAUGE -> line.level() + Math.rint(1e6 * line.pace() * (2 * chance - 1)) / 1e6;
      case SINKING -> line.level() - Math.rint(line.pace() * (step + 10 * chance));
    };
  }

  /// A number from 0 to 1, always the same for the same series and step.
  private static double chance(long seed, int series, long step) {
    long x = seed * 0x9E3779B97F4A7C15L + series * 0xD1B54A32D192ED03L + step * 0x8CB92BA72F3D8DD7L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return ((x ^ (x >>> 31)) >>> 11) * 0x1p-53;
  }
}
