package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;

/// The series of one mount. Confined to the collecting thread.
final class Mount {
  final String path;
  final Slot size;
  final Slot avail;
  final Slot free;
  final Slot files;
  final Slot filesFree;
  final Slot readOnly;
  final Slot error;

  Mount(SeriesTable table, String device, String fstype, String path) {
    this.path = path;
    String[] labels = {"device", device, "fstype", fstype, "mountpoint", path};
    this.size = table.slot("node_filesystem_size_bytes", labels);
    this.avail = table.slot("node_filesystem_avail_bytes", labels);
    this.free = table.slot("node_filesystem_free_bytes", labels);
    this.files = table.slot("node_filesystem_files", labels);
    this.filesFree = table.slot("node_filesystem_files_free", labels);
    this.readOnly = table.slot("node_filesystem_readonly", labels);
    this.error = table.slot("node_filesystem_device_error", labels);
  }
}
