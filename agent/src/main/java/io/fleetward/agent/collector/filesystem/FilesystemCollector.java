package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.MountSpace;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// `node_filesystem_size_bytes{device,fstype,mountpoint}` and its like, with node_exporter's
/// default exclusions. A filesystem that fails or hangs has `node_filesystem_device_error` 1 and
/// nothing else.
public final class FilesystemCollector implements Collector {
  private static final Pattern IGNORED_MOUNT_POINTS =
      Pattern.compile(
          "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)"
              + "($|/).*");
  private static final Pattern IGNORED_TYPES =
      Pattern.compile(
          "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs"
              + "|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs"
              + "|squashfs|erofs|sysfs|tracefs)$");
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final ProcFile ofInit;
  private final ProcFile ofSelf;
  private final String rootfs;
  private final Function<String, MountSpace> spaces;
  private final SpaceProbe probe = new SpaceProbe(PATIENCE);
  private final Keyed<Optional<Mount>> mounts;
  private boolean isInitHidden;

  public FilesystemCollector(HostPaths paths, SeriesTable table) {
    this(paths, table, MountSpace::at);
  }

  FilesystemCollector(HostPaths paths, SeriesTable table, Function<String, MountSpace> spaces) {
    this.ofInit = new ProcFile(paths.proc("1/mounts"));
    this.ofSelf = new ProcFile(paths.proc("self/mounts"));
    this.rootfs = paths.rootfs().toString().equals("/") ? "" : paths.rootfs().toString();
    this.spaces = spaces;
    this.mounts = new Keyed<>(line -> mount(table, line.split("[ \t]+", 3)));
  }

  private Optional<Mount> mount(SeriesTable table, String[] deviceAndPathAndType) {
    String path = stripRoot(unescape(deviceAndPathAndType[1]));
    String type = deviceAndPathAndType[2];
    return IGNORED_MOUNT_POINTS.matcher(path).matches() || IGNORED_TYPES.matcher(type).matches()
        ? Optional.empty()
        : Optional.of(
            new Mount(
                table, spaces.apply(rootfs + path), unescape(deviceAndPathAndType[0]), type, path));
  }

  private String stripRoot(String path) {
    if (rootfs.isEmpty() || !path.startsWith(rootfs)) {
      return path;
    }
    return path.equals(rootfs) ? "/" : path.substring(rootfs.length());
  }

  /// Undoes what fstab(5) asks for: space, tab, newline and backslash in octal.
  private static String unescape(String text) {
    return text.indexOf('\\') < 0
        ? text
        : text.replace("\\040", " ")
            .replace("\\011", "\t")
            .replace("\\012", "\n")
            .replace("\\134", "\\");
  }

  @Override
  public String name() {
    return "filesystem";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = read();
    while (fields.nextLine()) {
      fields.skip(3);
      fields.spanFromLineStart();
      Optional<Mount> found = mounts.get(fields);
      if (found.isPresent()) {
        found.get().collect(probe);
      }
    }
    mounts.forgetUnseen();
  }

  /// The mounts that the first process sees; where that is not allowed, ours.
  private Fields read() throws IOException {
    if (!isInitHidden) {
      try {
        return ofInit.read();
      } catch (FileNotFoundException _) {
        // also thrown where reading is not permitted, which does not change
        isInitHidden = true;
      }
    }
    return ofSelf.read();
  }
}
