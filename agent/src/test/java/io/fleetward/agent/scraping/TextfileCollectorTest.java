package io.fleetward.agent.scraping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileCollectorTest {
  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");

  @Test
  void tellsWhatTheFilesHold() throws IOException {
    write("b.prom", "# TYPE backup_age_seconds gauge\nbackup_age_seconds{disk=\"a\"} 12\n", 5);
    write("a.txt", "ignored 1\n", 5);

    assertThat(scrape(collector()))
        .containsExactlyInAnyOrder(
            "backup_age_seconds{disk=\"a\", instance=\"web-1\"} 12.0",
            "node_textfile_mtime_seconds{file=\"%s/b.prom\", instance=\"web-1\"} 5.0"
                .formatted(folder),
            "node_textfile_scrape_error{instance=\"web-1\"} 0.0");
  }

  @Test
  void readsAFileAgainWhenItChanges() throws IOException {
    TextfileCollector collector = collector();
    write("a.prom", "a 1\n", 5);
    assertThat(scrape(collector)).contains("a{instance=\"web-1\"} 1.0");
    write("a.prom", "a 2\n", 6);
    assertThat(scrape(collector)).contains("a{instance=\"web-1\"} 2.0");
    Files.delete(folder.resolve("a.prom"));

    assertThat(scrape(collector)).contains("a{instance=\"web-1\"} stale");
    assertThat(scrape(collector))
        .containsExactly("node_textfile_scrape_error{instance=\"web-1\"} 0.0");
  }

  @Test
  void leavesOutWhatCannotBeUsed() throws IOException {
    write("good.prom", "a 1\n", 5);
    write("timed.prom", "b 1 1395066363000\n", 5);
    write("bad.prom", "c{ 1\n", 5);
    TextfileCollector collector = collector();

    for (int i = 0; i < 2; i++) {
      assertThat(scrape(collector))
          .contains(
              "a{instance=\"web-1\"} 1.0", "node_textfile_scrape_error{instance=\"web-1\"} 1.0")
          .hasSize(3);
    }
    write("timed.prom", "b 1\n", 7);
    Files.delete(folder.resolve("bad.prom"));

    assertThat(scrape(collector)).contains("node_textfile_scrape_error{instance=\"web-1\"} 0.0");
  }

  @Test
  void opensNoPipeAndTellsWhoseSeriesItIs() throws Exception {
    write("a.prom", "a{instance=\"db-1\"} 1\n", 5);
    Path pipe = folder.resolve("pipe.prom");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(scrape(collector()))
        .contains("a{exported_instance=\"db-1\", instance=\"web-1\"} 1.0")
        .contains("node_textfile_scrape_error{instance=\"web-1\"} 1.0");
  }

  @Test
  void filesTogetherLeaveRoomForTheHost() throws IOException {
    write("a.prom", "a{x=\"%s\"} 1\n".formatted("y".repeat(3_000)), 5);
    write("b.prom", "b{x=\"%s\"} 1\n".formatted("y".repeat(3_000)), 5);
    TextfileCollector collector = collector();
    assertThat(scrape(collector)).anyMatch(line -> line.startsWith("a{")).hasSize(3);
    Files.delete(folder.resolve("a.prom"));

    var _ = scrape(collector);
    assertThat(scrape(collector)).anyMatch(line -> line.startsWith("b{")).hasSize(3);
  }

  @Test
  void ofTwoFilesWithOneSeriesTheFirstCounts() throws IOException {
    write("b.prom", "a 2\n", 5);
    write("a.prom", "a 1\n", 5);
    TextfileCollector collector = collector();
    collector.collect();
    SeriesLayout layout = table.take(1).layout();

    collector.collect();
    assertThat(table.take(2).layout()).isSameAs(layout);
    assertThat(scrape(collector)).contains("a{instance=\"web-1\"} 1.0");
  }

  @Test
  void aMissingFolderIsAnErrorAndNoFolderIsNone() {
    assertThat(scrape(collector(folder.resolve("x").toString())))
        .containsExactly("node_textfile_scrape_error{instance=\"web-1\"} 1.0");
    assertThat(scrape(collector("")))
        .contains("node_textfile_scrape_error{instance=\"web-1\"} 0.0");
  }

  private TextfileCollector collector() {
    return collector(folder.toString());
  }

  private TextfileCollector collector(String path) {
    return new TextfileCollector(path, "web-1", table, new SeriesBudget(4_000));
  }

  private void write(String name, String text, long modifiedSeconds) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * modifiedSeconds));
  }

  private List<String> scrape(TextfileCollector collector) {
    collector.collect();
    Scrape scrape = table.take(1);
    return IntStream.range(0, scrape.size())
        .mapToObj(i ->
            scrape.layout().series().get(i)
                + " "
                + (StaleMarker.is(scrape.value(i)) ? "stale" : scrape.value(i)))
        .toList();
  }
}
