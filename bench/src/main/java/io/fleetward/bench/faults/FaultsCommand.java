package io.fleetward.bench.faults;

import io.fleetward.agent.Collectors;
import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.models.faults.Episode;
import io.fleetward.models.faults.EpisodeTable;
import io.fleetward.models.faults.FaultComparison;
import io.fleetward.models.faults.FaultModelFile;
import io.fleetward.models.faults.LearntFaults;
import io.fleetward.rules.engine.RulePlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

  /// Faults last ten seconds, so features look back less than in service, where it is 30 s.
  private static final int WINDOW_SECONDS = 6;

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

  @Command(
      name = "episodes",
      mixinStandardHelpOptions = true,
      description = "Turns recordings into the table that fault classifiers are trained on.")
  int episodes(
      @Option(names = "--recordings", required = true, description = "folder of *.txt.gz")
          Path recordings,
      @Option(names = "--output", required = true, description = "the table, *.csv") Path output)
      throws IOException {
    RulePlan plan = RulePlan.of(ShortWindows.rules(WINDOW_SECONDS));
    List<Path> files;
    try (Stream<Path> all = Files.list(recordings)) {
      files = all.filter(file -> file.toString().endsWith(".txt.gz")).sorted().toList();
    }
    List<Episode> episodes = new ArrayList<>();
    for (Path file : files) {
      List<Episode> more = RecordedEpisodes.of(file, plan, WINDOW_SECONDS * 1000);
      spec.commandLine().getOut().println("%s: %d instants".formatted(file, more.size()));
      episodes.addAll(more);
    }
    Files.writeString(output, EpisodeTable.write(episodes));
    return 0;
  }

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description = "Compares trainers on a table of episodes, as Markdown.")
  int compare(@Option(names = "--episodes", required = true, description = "*.csv") Path episodes)
      throws IOException {
    try (BufferedReader in = Files.newBufferedReader(episodes)) {
      spec.commandLine()
          .getOut()
          .println(
              new FaultComparison(EpisodeTable.read(in), FaultCatalogue.HELD_OUT).toMarkdown());
    }
    return 0;
  }

  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      description = "Trains the classifier that is shipped on a table of episodes.")
  int train(
      @Option(names = "--episodes", required = true, description = "*.csv") Path episodes,
      @Option(names = "--folder", required = true, description = "where the model goes")
          Path folder)
      throws IOException {
    try (BufferedReader in = Files.newBufferedReader(episodes)) {
      FaultModelFile.Files files =
          new LearntFaults(EpisodeTable.read(in), List.of(), 1).trainToFiles();
      Files.write(folder.resolve(FaultModelFile.MODEL), files.model());
      Files.writeString(folder.resolve(FaultModelFile.PROPERTIES), files.properties());
      spec.commandLine().getOut().print(files.properties());
    }
    return 0;
  }
}
