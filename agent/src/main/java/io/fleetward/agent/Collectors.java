package io.fleetward.agent;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.collector.cpu.CpuCollector;
import io.fleetward.agent.collector.diskstats.DiskstatsCollector;
import io.fleetward.agent.collector.filesystem.FilesystemCollector;
import io.fleetward.agent.collector.loadavg.LoadavgCollector;
import io.fleetward.agent.collector.meminfo.MeminfoCollector;
import io.fleetward.agent.collector.netdev.NetdevCollector;
import io.fleetward.agent.collector.pressure.PressureCollector;
import io.fleetward.agent.collector.processes.ProcessesCollector;
import io.fleetward.agent.collector.stat.StatCollector;
import io.fleetward.agent.collector.vmstat.VmstatCollector;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.series.SeriesTable;
import java.nio.file.Path;
import java.util.List;

/// Every collector that an agent has.
final class Collectors {
  private Collectors() {}

  static List<Collector> all(Path procfs, Path rootfs, SeriesTable table, String bootId) {
    return List.of(
        new CpuCollector(procfs, table),
        new MeminfoCollector(procfs, table),
        new LoadavgCollector(procfs, table),
        new StatCollector(procfs, table),
        new PressureCollector(procfs, table),
        new VmstatCollector(procfs, table),
        new FilesystemCollector(procfs, rootfs, table),
        new DiskstatsCollector(procfs, table),
        new NetdevCollector(procfs, table),
        new ProcessesCollector(procfs, table, bootId, Kernel.pageSize()));
  }
}
