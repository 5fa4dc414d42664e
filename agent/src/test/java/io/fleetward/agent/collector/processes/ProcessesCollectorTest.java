package io.fleetward.agent.collector.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesCollectorTest {
  @TempDir Path procfs;
  private final SeriesTable table = new SeriesTable("web-1");
  private ProcessesCollector collector = new ProcessesCollector(Path.of("/"), table, "boot", 4096);

  @BeforeEach
  void open() throws IOException {
    collector = new ProcessesCollector(procfs, table, "boot", 4096);
    for (int pid = 1; pid <= 8; pid++) {
      process(pid, "p" + pid, 0, 100, 10L * pid);
    }
  }

  @Test
  void tellsTheFiveWithMostMemoryAtFirst() throws IOException {
    assertThat(pids(scrape())).containsExactlyInAnyOrder("4", "5", "6", "7", "8");
  }

  @Test
  void addsThoseThatUsedCpuSinceTheLastScrape() throws IOException {
    scrape();
    process(1, "p1", 50, 100, 10);

    assertThat(pids(scrape())).containsExactlyInAnyOrder("1", "4", "5", "6", "7", "8");
  }

  @Test
  void oneThatFallsOutOfTheTopStaysForSomeScrapes() throws IOException {
    scrape();
    process(1, "p1", 50, 100, 10);
    scrape();

    for (int i = 0; i < 4; i++) {
      assertThat(pids(scrape())).contains("1");
    }
    scrape();
    assertThat(pids(scrape())).doesNotContain("1");
  }

  @Test
  void oneThatIsGoneEndsAtOnce() throws IOException {
    scrape();
    Files.delete(procfs.resolve("8/stat"));

    assertThat(pids(scrape())).doesNotContain("8");
  }

  @Test
  void anotherProcessWithTheSameIdIsAnotherSeries() throws IOException {
    scrape();
    process(8, "p8", 0, 999, 80);
    Scrape scrape = scrape();

    assertThat(pids(scrape)).contains("8");
    assertThat(starts(scrape, "8")).containsExactly("999");
  }

  @Test
  void cpuOfAProcessBornSinceTheLastScrapeCounts() throws IOException {
    scrape();
    process(9, "new", 30, 5000, 1);

    assertThat(pids(scrape())).contains("9");
  }

  private Scrape scrape() throws IOException {
    collector.collect();
    return table.take(0);
  }

  private void process(int pid, String name, int ticks, long start, long pages) throws IOException {
    Files.createDirectories(procfs.resolve(Integer.toString(pid)));
    Files.writeString(
        procfs.resolve(pid + "/stat"),
        "%d (%s) S 1 1 1 0 -1 0 0 0 0 0 %d 0 0 0 20 0 1 0 %d 1000 %d 1\n"
            .formatted(pid, name, ticks, start, pages));
  }

  private static List<String> pids(Scrape scrape) {
    return IntStream.range(0, scrape.size())
        .filter(i -> !StaleMarker.is(scrape.value(i)))
        .mapToObj(i -> scrape.layout().series().get(i))
        .filter(series -> series.metricName().equals("fleetward_top_process_info"))
        .map(series -> series.value("pid"))
        .toList();
  }

  private static List<String> starts(Scrape scrape, String pid) {
    return IntStream.range(0, scrape.size())
        .filter(i -> !StaleMarker.is(scrape.value(i)))
        .mapToObj(i -> scrape.layout().series().get(i))
        .filter(series -> series.metricName().equals("fleetward_top_process_info"))
        .filter(series -> series.value("pid").equals(pid))
        .map(series -> series.value("start"))
        .toList();
  }
}
