package io.fleetward.agent.scraping;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.exposition.PageFormat;
import io.fleetward.protocol.labels.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One file of metrics; read again only when it has changed. Confined to the collecting thread.
final class TextFile {
  private static final int SERIES_LIMIT = 5_000;
  private static final int MOST_BYTES = 1 << 20;

  private final Path path;
  private final Slot modifiedSeconds;
  private final SeriesBudget budget;
  private final PageReader reader;
  private final Reading reading = new Reading();
  private @Nullable String stamp;

  /// Why it cannot be used; empty if it can.
  private String problem = "";

  /// Whether others take so much of the record that there is no room, as yet.
  private boolean isWaiting;

  /// The round in which it was last seen.
  long seen;

  /// @param relabelling what becomes of the labels of a new series
  TextFile(Path path, SeriesTable table, UnaryOperator<Labels> relabelling, SeriesBudget budget) {
    this.path = path;
    this.modifiedSeconds = table.slot("node_textfile_mtime_seconds", "file", path.toString());
    this.reader = new PageReader(SERIES_LIMIT, relabelling);
    this.budget = budget;
  }

  /// Sets its series.
  ///
  /// @return why it cannot be used; empty if it can
  /// @throws IOException if it cannot be read
  String set(SeriesTable table) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    String newStamp = "%s %d %s".formatted(now.lastModifiedTime(), now.size(), now.fileKey());
    if (isWaiting || !newStamp.equals(stamp)) {
      release();
      isWaiting = false;
      problem = read(now);
      stamp = newStamp;
    }
    if (problem.isEmpty()) {
      modifiedSeconds.set(now.lastModifiedTime().toMillis() / 1e3);
      reading.setAll(table);
    }
    return problem;
  }

  private String read(BasicFileAttributes now) throws IOException {
    if (!now.isRegularFile()) {
      // to open a pipe would wait for whoever writes it
      return "is no file";
    }
    try {
      byte[] page = bytes();
      if (page.length > MOST_BYTES) {
        return "is larger than %d bytes".formatted(MOST_BYTES);
      }
      if (reader.read(page, page.length, PageFormat.TEXT, reading)) {
        return "gives its samples times, which only the agent may";
      }
    } catch (RefusedPageException e) {
      return e.text();
    }
    isWaiting = !budget.take(path.toString(), reader.recordBytes());
    return !isWaiting
        ? ""
        : "and what exporters and other files tell would take more than %d KB of the host's record"
            .formatted(SeriesBudget.MOST_BYTES >> 10);
  }

  private byte[] bytes() throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      return file.readNBytes(MOST_BYTES + 1);
    }
  }

  /// Leaves what it takes of the record to others.
  void release() {
    budget.release(path.toString());
  }
}
