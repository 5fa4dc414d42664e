package io.fleetward.bench.faults;

import io.fleetward.agent.Collectors;
import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.io.PrintWriter;
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
    description = "Makes real, bounded faults on this machine and records them for training.")
public final class FaultsCommand implements Runnable {
  private static final String INSTANCE = "recorder";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one? see --help");
  }

  @Command(
      name = "record",
      mixinStandardHelpOptions = true,
      description = "Makes faults of the catalogue beside the agent's collectors, in turn.")
  int record(
      @Option(names = "--kind", split = ",", description = "only these kinds") List<String> kinds,
      @Option(names = "--program", split = ",", description = "only by these programs")
          List<String> programs,
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
    List<FaultRun> all =
        FaultCatalogue.runs().stream()
            .filter(run -> kinds == null || kinds.contains(run.kind()))
            .filter(run -> programs == null || programs.contains(run.program()))
            .toList();
    List<FaultRun> runs = all.stream().skip(from).limit(count).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println("%d of %d runs".formatted(runs.size(), all.size()));
    Files.createDirectories(folder);
    SeriesTable table = new SeriesTable(INSTANCE);
    HostPaths here = new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/"));
    HostCollectors collectors =
        new HostCollectors(
            Collectors.all(here, table, "boot", List.of()),
            table,
            (name, cause) -> out.println(name + ": " + cause));
    try (RecordingWriter recording = new RecordingWriter(output)) {
      new FaultRecorder(collectors, recording, settle, hold, out).record(runs, folder);
    }
    return 0;
  }
}
