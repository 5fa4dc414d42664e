package io.fleetward.agent.scraping;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.labels.Labels;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `*.prom` files of a folder, as node_exporter reads them. A file that cannot be used is left
/// out and told by `node_textfile_scrape_error`.
public final class TextfileCollector implements Collector {
  private static final Logger log = LoggerFactory.getLogger(TextfileCollector.class);

  private static final int MOST_FILES = 200;

  private final String folder;
  private final SeriesTable table;
  private final TargetLabels labels;
  private final SeriesBudget budget;
  private final Slot scrapeError;
  private final SortedMap<Path, TextFile> files = new TreeMap<>();
  private boolean isTold;
  private long round;

  /// @param folder empty for none
  /// @param instance the host's identity
  /// @param budget what files may take of the record
  public TextfileCollector(String folder, String instance, SeriesTable table, SeriesBudget budget) {
    this.folder = folder;
    this.table = table;
    this.labels = new TargetLabels(Labels.EMPTY, instance, false);
    this.budget = budget;
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
    forget();
  }

  private void forget() {
    files
        .values()
        .removeIf(file -> {
          boolean isGone = file.seen != round;
          if (isGone) {
            file.release();
          }
          return isGone;
        });
  }

  private boolean readAll() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder), "*.prom")) {
      entries.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      tell(folder, String.valueOf(e.getCause()));
      return false;
    } catch (IOException e) {
      tell(folder, e.toString());
      return false;
    }
    // where two files have the same series, that of the first name counts
    Collections.sort(found);
    boolean isGood = found.size() <= MOST_FILES;
    if (!isGood) {
      tell(folder, "holds more than %d files; those beyond are left out".formatted(MOST_FILES));
    }
    for (Path path : found.subList(0, Math.min(MOST_FILES, found.size()))) {
      isGood &= read(path);
    }
    return isGood;
  }

  private boolean read(Path path) {
    TextFile file =
        files.computeIfAbsent(path, one -> new TextFile(one, table, labels::of, budget));
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
