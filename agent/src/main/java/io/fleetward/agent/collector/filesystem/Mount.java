package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.linux.MountSpace;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.Set;

/// The series of one mount. Confined to the collecting thread.
final class Mount {
  /// These answer from memory; any other may wait for a network or for another process.
  private static final Set<String> NEVER_HANGING =
      Set.of("btrfs", "ext2", "ext3", "ext4", "f2fs", "ramfs", "tmpfs", "vfat", "xfs", "zfs");

  private final MountSpace space;
  private final boolean mayHang;
  private final Slot size;
  private final Slot avail;
  private final Slot free;
  private final Slot files;
  private final Slot filesFree;
  private final Slot readOnly;
  private final Slot error;

  /// @param path where the host sees it
  Mount(SeriesTable table, MountSpace space, String device, String fstype, String path) {
    this.space = space;
    this.mayHang = !NEVER_HANGING.contains(fstype);
    String[] labels = {"device", device, "fstype", fstype, "mountpoint", path};
    this.size = table.slot("node_filesystem_size_bytes", labels);
    this.avail = table.slot("node_filesystem_avail_bytes", labels);
    this.free = table.slot("node_filesystem_free_bytes", labels);
    this.files = table.slot("node_filesystem_files", labels);
    this.filesFree = table.slot("node_filesystem_files_free", labels);
    this.readOnly = table.slot("node_filesystem_readonly", labels);
    this.error = table.slot("node_filesystem_device_error", labels);
  }

  void collect(SpaceProbe probe) {
    boolean isKnown = mayHang ? probe.reads(space) : space.read();
    error.set(isKnown ? 0 : 1);
    if (isKnown) {
      size.set(space.sizeBytes());
      avail.set(space.availBytes());
      free.set(space.freeBytes());
      files.set(space.files());
      filesFree.set(space.filesFree());
      readOnly.set(space.isReadOnly() ? 1 : 0);
    }
  }
}
