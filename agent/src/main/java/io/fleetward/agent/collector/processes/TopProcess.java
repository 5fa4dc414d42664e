package io.fleetward.agent.collector.processes;

import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// The series of one incarnation of a process that is, or lately was, among the top. Confined to
/// the collecting thread.
final class TopProcess {
  final int pid;
  final long start;
  final byte[] name;
  final Slot cpuSeconds;
  final Slot residentBytes;
  final Slot info;

  /// Scrapes since it was last among the top.
  int roundsOutside;

  /// Whether the present scrape has met it.
  boolean isThere;

  TopProcess(SeriesTable table, Path procfs, String bootId, int pid, long start, byte[] name) {
    this.pid = pid;
    this.start = start;
    this.name = name;
    String comm = new String(name, StandardCharsets.UTF_8);
    Path folder = procfs.resolve(Integer.toString(pid));
    String[] labels = {
      "comm",
      comm,
      "unit",
      ProcessIdentity.unit(folder),
      "pid",
      Integer.toString(pid),
      "start",
      Long.toString(start)
    };
    this.cpuSeconds = table.slot("fleetward_top_process_cpu_seconds_total", labels);
    this.residentBytes = table.slot("fleetward_top_process_resident_memory_bytes", labels);
    int uid = ProcessIdentity.uid(folder);
    String[] allLabels = Arrays.copyOf(labels, labels.length + 6);
    allLabels[labels.length] = "executable";
    allLabels[labels.length + 1] = ProcessIdentity.executable(folder);
    allLabels[labels.length + 2] = "uid";
    allLabels[labels.length + 3] = uid < 0 ? "" : Integer.toString(uid);
    allLabels[labels.length + 4] = "boot_id";
    allLabels[labels.length + 5] = bootId;
    this.info = table.slot("fleetward_top_process_info", allLabels);
  }
}
