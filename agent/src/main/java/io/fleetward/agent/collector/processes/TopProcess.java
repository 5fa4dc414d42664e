package io.fleetward.agent.collector.processes;

import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.nio.file.Path;

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
    String comm = new String(name, java.nio.charset.StandardCharsets.UTF_8);
    String pidText = Integer.toString(pid);
    String startText = Long.toString(start);
    Path folder = procfs.resolve(pidText);
    this.cpuSeconds =
        table.slot(
            "fleetward_top_process_cpu_seconds_total",
            "comm",
            comm,
            "pid",
            pidText,
            "start",
            startText);
    this.residentBytes =
        table.slot(
            "fleetward_top_process_resident_memory_bytes",
            "comm",
            comm,
            "pid",
            pidText,
            "start",
            startText);
    int uid = ProcessIdentity.uid(folder);
    this.info =
        table.slot(
            "fleetward_top_process_info",
            "comm",
            comm,
            "pid",
            pidText,
            "start",
            startText,
            "executable",
            ProcessIdentity.executable(folder),
            "uid",
            uid < 0 ? "" : Integer.toString(uid),
            "boot_id",
            bootId);
  }
}
