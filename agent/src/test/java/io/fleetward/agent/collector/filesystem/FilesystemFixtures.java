package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.MountSpace;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A filesystem collector whose filesystems all have the same space, but for those named `broken`.
public final class FilesystemFixtures {
  private FilesystemFixtures() {}

  public static Collector collector(Path procfs, SeriesTable table) {
    return new FilesystemCollector(
        procfs,
        Path.of("/"),
        table,
        new SpaceProbe(FilesystemFixtures::space, Duration.ofSeconds(10)));
  }

  private static MountSpace space(String path) throws IOException {
    if (path.contains("broken")) {
      throw new IOException("stale file handle");
    }
    return new MountSpace(1000, 600, 700, 50, 40, path.contains("data"));
  }
}
