package io.fleetward.agent.collector;

import io.fleetward.agent.linux.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/// Files of a host, kept as one text: a line `== PATH` begins a file, `== PATH -> TARGET` is a
/// link. Paths begin with `proc`, `sys` or `root`; files were changed at 1700000000.
public final class HostTree {
  private static final Path RESOURCES = Path.of("src/test/resources/collector");
  private static final FileTime CHANGED = FileTime.fromMillis(1_700_000_000_000L);
  private static final String HEADER = "== ";
  private static final String LINK = " -> ";

  private HostTree() {}

  /// Lays out the files of a collector's fixture.
  ///
  /// @param variant `full`, `partial` or `invalid`
  public static HostPaths unpack(String collector, String variant, Path folder) throws IOException {
    return unpack(Files.readAllLines(fixture(collector, variant + ".tree")), folder);
  }

  /// A file beside the fixtures of a collector.
  public static Path fixture(String collector, String file) {
    return RESOURCES.resolve(collector).resolve(file);
  }

  /// Lays out the files of a text.
  public static HostPaths unpack(List<String> lines, Path folder) throws IOException {
    HostPaths paths =
        new HostPaths(folder.resolve("proc"), folder.resolve("sys"), folder.resolve("root"));
    for (Path path : List.of(paths.procfs(), paths.sysfs(), paths.rootfs())) {
      Files.createDirectories(path);
    }
    for (int at = 0; at < lines.size(); ) {
      String header = lines.get(at).substring(HEADER.length());
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).startsWith(HEADER)) {
        end++;
      }
      int link = header.indexOf(LINK);
      Path path = folder.resolve(link < 0 ? header : header.substring(0, link));
      Files.createDirectories(path.resolveSibling("."));
      if (link < 0) {
        Files.write(path, lines.subList(at + 1, end));
        Files.setLastModifiedTime(path, CHANGED);
      } else {
        Files.createSymbolicLink(path, Path.of(header.substring(link + LINK.length())));
      }
      at = end;
    }
    return paths;
  }
}
