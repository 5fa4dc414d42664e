package io.fleetward.agent.collector.btrfs;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;

/// `node_btrfs_info{uuid,label}`, `node_btrfs_used_bytes{uuid,block_group_type,mode}`,
/// `node_btrfs_size_bytes`, `node_btrfs_reserved_bytes`, `node_btrfs_allocation_ratio`,
/// `node_btrfs_global_rsv_size_bytes` and `node_btrfs_device_size_bytes{uuid,device}`.
public final class BtrfsCollector implements Collector {
  private final Folder btrfs;
  private final Keyed<BtrfsFilesystem> filesystems;

  public BtrfsCollector(HostPaths paths, SeriesTable table) {
    this.btrfs = Folder.at(paths.sys("fs/btrfs"));
    this.filesystems = new Keyed<>(uuid -> new BtrfsFilesystem(table, btrfs.inside(uuid), uuid));
  }

  @Override
  public String name() {
    return "btrfs";
  }

  @Override
  public void collect() {
    Fields names = btrfs.folders();
    while (names.nextLine() && names.nextField()) {
      // beside the filesystems lies a folder of what the kernel can do
      if (names.contains("-")) {
        filesystems.get(names).collect();
      }
    }
    filesystems.forgetUnseen();
  }
}
