package io.fleetward.bench.faults;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.collector.HostCollectors;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fleetward bench faults`: makes real faults and records what the agent's collectors see of them.
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = "Makes real, gentle faults on this machine and records them for training.")
public final class FaultsCommand implements Runnable {
  private static final String INSTANCE = "recorder";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one? record or rows; see --help");
  }

  @Command(
      name = "record",
      mixinStandardHelpOptions = true,
      description = "Makes a part of the catalogue's faults, beside the agent's collectors.")
  int record(
      @Option(names = "--from", description = "place of the first run in the catalogue") int from,
      @Option(names = "--count", defaultValue = "8", description = "runs; default: 8") int count,
      @Option(names = "--settle", defaultValue = "14", description = "seconds between faults")
          int settle,
      @Option(names = "--hold", defaultValue = "12", description = "seconds of each fault")
          int hold,
      @Option(names = "--folder", required = true, description = "where faults may write")
          Path folder,
      @Option(names = "--output", required = true, description = "the recording, *.txt.gz")
          Path output)
      throws IOException {
    List<FaultRun> all = FaultCatalogue.runs();
    int first = Math.min(from, all.size());
    List<FaultRun> runs = all.subList(first, Math.min(first + count, all.size()));
    spec.commandLine()
        .getOut()
        .println("runs %d to %d of %d".formatted(first, first + runs.size() - 1, all.size()));
    Files.createDirectories(folder);
    SeriesTable table = new SeriesTable(INSTANCE);
    HostCollectors collectors =
        new HostCollectors(
            collectors(table), table, (name, cause) -> System.err.println(name + ": " + cause));
    try (RecordingWriter recording = new RecordingWriter(output)) {
      new FaultRecorder(collectors, recording, settle, hold, System.out).record(runs, folder);
    }
    return 0;
  }

  private static List<Collector> collectors(SeriesTable table) {
    Path procfs = Path.of("/proc");
    return List.of(
        new CpuCollector(procfs, table),
        new MeminfoCollector(procfs, table),
        new LoadavgCollector(procfs, table),
        new StatCollector(procfs, table),
        new PressureCollector(procfs, table),
        new VmstatCollector(procfs, table),
        new FilesystemCollector(procfs, Path.of("/"), table),
        new DiskstatsCollector(procfs, table),
        new NetdevCollector(procfs, table),
        new ProcessesCollector(procfs, table, "boot", Kernel.pageSize()),
        new NetworkCollector(procfs, table));
  }
}
