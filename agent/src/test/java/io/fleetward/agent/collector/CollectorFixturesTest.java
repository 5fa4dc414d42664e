package io.fleetward.agent.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.collector.cpu.CpuCollector;
import io.fleetward.agent.collector.diskstats.DiskstatsCollector;
import io.fleetward.agent.collector.filesystem.FilesystemFixtures;
import io.fleetward.agent.collector.loadavg.LoadavgCollector;
import io.fleetward.agent.collector.meminfo.MeminfoCollector;
import io.fleetward.agent.collector.netdev.NetdevCollector;
import io.fleetward.agent.collector.pressure.PressureCollector;
import io.fleetward.agent.collector.processes.ProcessesCollector;
import io.fleetward.agent.collector.stat.StatCollector;
import io.fleetward.agent.collector.vmstat.VmstatCollector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every collector on captured `/proc` trees against golden text; `UPDATE_GOLDEN=true` rewrites it.
class CollectorFixturesTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private record Maker(String name, BiFunction<Path, SeriesTable, Collector> collector) {}

  private static final List<Maker> MAKERS =
      List.of(
          new Maker("cpu", CpuCollector::new),
          new Maker("meminfo", MeminfoCollector::new),
          new Maker("loadavg", LoadavgCollector::new),
          new Maker("stat", StatCollector::new),
          new Maker("pressure", PressureCollector::new),
          new Maker("vmstat", VmstatCollector::new),
          new Maker("filesystem", FilesystemFixtures::collector),
          new Maker("diskstats", DiskstatsCollector::new),
          new Maker("netdev", NetdevCollector::new),
          new Maker(
              "processes",
              (procfs, table) -> new ProcessesCollector(procfs, table, "boot-1", 4096)));

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return Stream.of("full", "partial", "invalid")
        .flatMap(tree -> MAKERS.stream().map(maker -> Arguments.of(tree, maker.name())));
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("cases")
  void readsWhatTheTreeHolds(String tree, String name) throws IOException {
    Path procfs = copy(RESOURCES.resolve("proc").resolve(tree), folder.resolve("proc"));
    SeriesTable table = new SeriesTable("web-1");
    Maker maker = MAKERS.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();

    String found = collected(maker.collector().apply(procfs, table), table, procfs);

    Path golden = RESOURCES.resolve("expected").resolve("%s.%s.txt".formatted(name, tree));
    if (Boolean.parseBoolean(System.getenv("UPDATE_GOLDEN"))) {
      Files.writeString(golden, found);
    }
    assertThat(found).isEqualTo(Files.readString(golden));
  }

  private static String collected(Collector collector, SeriesTable table, Path procfs) {
    List<String> lines = new ArrayList<>();
    try {
      collector.collect();
    } catch (IOException e) {
      lines.add("# failed: " + String.valueOf(e.getMessage()).replace(procfs + "/", ""));
    }
    Scrape scrape = table.take(0);
    for (int i = 0; i < scrape.size(); i++) {
      lines.add(scrape.layout().series().get(i) + " " + scrape.value(i));
    }
    return String.join("\n", lines) + "\n";
  }

  /// Copies a tree and gives process 4242 an executable: links cannot lie in resources.
  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    if (Files.exists(to.resolve("4242"))) {
      Files.createSymbolicLink(to.resolve("4242/exe"), Path.of("/opt/jdk/bin/java"));
    }
    return to;
  }
}
