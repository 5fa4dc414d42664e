package io.fleetward.agent.scraping;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.exposition.MalformedPageException;
import io.fleetward.protocol.exposition.PageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One file of metrics; read again only when it has changed. Confined to the collecting thread.
final class TextFile {
  private static final int SERIES_LIMIT = 5_000;
  private static final long MOST_BYTES = 4 << 20;

  private final Path path;
  private final Slot modifiedSeconds;
  private final PageReader reader = new PageReader(SERIES_LIMIT, UnaryOperator.identity());
  private final Reading reading = new Reading();
  private @Nullable String stamp;
  private boolean isUsable;

  /// The round in which it was last seen.
  long seen;

  TextFile(Path path, SeriesTable table) {
    this.path = path;
    this.modifiedSeconds = table.slot("node_textfile_mtime_seconds", "file", path.toString());
  }

  /// Sets its series.
  ///
  /// @return why it cannot be used; empty if it can
  /// @throws IOException if it cannot be read
  String set(SeriesTable table) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    String problem = "";
    String newStamp = "%s %d %s".formatted(now.lastModifiedTime(), now.size(), now.fileKey());
    if (!newStamp.equals(stamp)) {
      problem = read(now.size());
      isUsable = problem.isEmpty();
      stamp = newStamp;
    }
    if (isUsable) {
      modifiedSeconds.set(now.lastModifiedTime().toMillis() / 1e3);
      reading.setAll(table);
      return "";
    }
    return problem.isEmpty() ? "has not been corrected" : problem;
  }

  private String read(long size) throws IOException {
    if (size > MOST_BYTES) {
      return "is larger than %d bytes".formatted(MOST_BYTES);
    }
    byte[] page = Files.readAllBytes(path);
    try {
      boolean isTimed = reader.read(page, page.length, PageFormat.TEXT, reading);
      return isTimed ? "gives its samples times, which only the agent may" : "";
    } catch (MalformedPageException e) {
      return "is malformed: " + e.getMessage();
    }
  }
}
