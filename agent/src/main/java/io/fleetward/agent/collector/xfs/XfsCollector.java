package io.fleetward.agent.collector.xfs;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `node_xfs_read_calls_total{device}`, `node_xfs_extent_allocation_blocks_allocated_total` and the
/// like.
public final class XfsCollector implements Collector {
  /// Metrics of a line, in the order of its numbers.
  private static final Map<String, List<String>> LINES =
      Map.of(
          "extent_alloc",
          List.of(
              "extent_allocation_extents_allocated",
              "extent_allocation_blocks_allocated",
              "extent_allocation_extents_freed",
              "extent_allocation_blocks_freed"),
          "abt",
          List.of(
              "allocation_btree_lookups",
              "allocation_btree_compares",
              "allocation_btree_records_inserted",
              "allocation_btree_records_deleted"),
          "blk_map",
          List.of(
              "block_mapping_reads",
              "block_mapping_writes",
              "block_mapping_unmaps",
              "block_mapping_extent_list_insertions",
              "block_mapping_extent_list_deletions",
              "block_mapping_extent_list_lookups",
              "block_mapping_extent_list_compares"),
          "bmbt",
          List.of(
              "block_map_btree_lookups",
              "block_map_btree_compares",
              "block_map_btree_records_inserted",
              "block_map_btree_records_deleted"),
          "dir",
          List.of(
              "directory_operation_lookup",
              "directory_operation_create",
              "directory_operation_remove",
              "directory_operation_getdents"),
          "ig",
          List.of(
              "inode_operation_attempts",
              "inode_operation_found",
              "inode_operation_recycled",
              "inode_operation_missed",
              "inode_operation_duplicates",
              "inode_operation_reclaims",
              "inode_operation_attribute_changes"),
          "rw",
          List.of("write_calls", "read_calls"),
          "vnodes",
          List.of(
              "vnode_active",
              "vnode_allocate",
              "vnode_get",
              "vnode_hold",
              "vnode_release",
              "vnode_reclaim",
              "vnode_remove"));

  private record Device(Folder folder, Keyed<List<Slot>> lines) {}

  private final Folder xfs;
  private final Keyed<Device> devices;

  public XfsCollector(HostPaths paths, SeriesTable table) {
    this.xfs = Folder.at(paths.sys("fs/xfs"));
    this.devices =
        new Keyed<>(device ->
            new Device(xfs.inside(device), new Keyed<>(line -> slots(table, device, line))));
  }

  private static List<Slot> slots(SeriesTable table, String device, String line) {
    return LINES.getOrDefault(line, List.of()).stream()
        .map(metric -> table.slot("node_xfs_" + metric + "_total", "device", device))
        .toList();
  }

  @Override
  public String name() {
    return "xfs";
  }

  @Override
  public void collect() throws IOException {
    Fields names = xfs.folders();
    while (names.nextLine() && names.nextField()) {
      Device device = devices.get(names);
      Fields stats = device.folder().read("stats/stats");
      while (stats.nextLine() && stats.nextField()) {
        List<Slot> slots = device.lines().get(stats);
        for (int i = 0; i < slots.size(); i++) {
          slots.get(i).set(stats.nextNumber());
        }
      }
    }
    devices.forgetUnseen();
  }
}
