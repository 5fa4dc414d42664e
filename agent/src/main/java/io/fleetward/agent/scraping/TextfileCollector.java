package io.fleetward.agent.scraping;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `*.prom` files of a folder, as node_exporter reads them. A file that cannot be used is left
/// out and told by `node_textfile_scrape_error`.
public final class TextfileCollector implements Collector {
  private static final Logger log = LoggerFactory.getLogger(TextfileCollector.class);

  private final String folder;
  private final SeriesTable table;
  private final Slot scrapeError;
  private final Map<Path, TextFile> files = new HashMap<>();
  private boolean isTold;
  private long round;

  /// @param folder empty for none
  public TextfileCollector(String folder, SeriesTable table) {
    this.folder = folder;
    this.table = table;
    this.scrapeError = table.slot("node_textfile_scrape_error");
  }

  @Override
  public String name() {
    return "textfile";
  }

  @Override
  public void collect() {
    round++;
    boolean isGood = folder.isEmpty() || readAll();
    isTold &= !isGood;
    scrapeError.set(isGood ? 0 : 1);
    files.values().removeIf(file -> file.seen != round);
  }

  private boolean readAll() {
    boolean isGood = true;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), "*.prom")) {
      for (Path path : found) {
        isGood &= read(path);
      }
    } catch (IOException e) {
      tell(folder, e.toString());
      return false;
    }
    return isGood;
  }

  private boolean read(Path path) {
    TextFile file = files.computeIfAbsent(path, one -> new TextFile(one, table));
    file.seen = round;
    try {
      String problem = file.set(table);
      if (!problem.isEmpty()) {
        tell(path.toString(), problem);
      }
      return problem.isEmpty();
    } catch (NoSuchFileException _) {
      // it went just now
      return true;
    } catch (IOException e) {
      tell(path.toString(), e.toString());
      return false;
    }
  }

  /// Tells the first problem after all was good.
  private void tell(String what, String problem) {
    if (!isTold) {
      isTold = true;
      log.atWarn()
          .addKeyValue("file", what)
          .addKeyValue("reason", problem)
          .log("text file cannot be used; correct or remove it");
    }
  }
}
