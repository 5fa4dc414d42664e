package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.MountSpace;
import io.fleetward.agent.series.SeriesTable;
import java.nio.file.Path;
import java.util.function.Predicate;

/// A filesystem collector whose filesystems all have the same space, but for those named `broken`.
public final class FilesystemFixtures {
  private FilesystemFixtures() {}

  public static Collector collector(HostPaths paths, SeriesTable table) {
    return new FilesystemCollector(
        new HostPaths(paths.procfs(), paths.sysfs(), Path.of("/")),
        table,
        path -> new FixedSpace(path, asked -> !asked.contains("broken")));
  }

  /// A filesystem of 1000 bytes and 50 inodes.
  record FixedSpace(String path, Predicate<String> answers) implements MountSpace {
    @Override
    public boolean read() {
      return answers.test(path);
    }

    @Override
    public double sizeBytes() {
      return 1000;
    }

    @Override
    public double availBytes() {
      return 600;
    }

    @Override
    public double freeBytes() {
      return 700;
    }

    @Override
    public long files() {
      return 50;
    }

    @Override
    public long filesFree() {
      return 40;
    }

    @Override
    public boolean isReadOnly() {
      return path.contains("data");
    }
  }
}
