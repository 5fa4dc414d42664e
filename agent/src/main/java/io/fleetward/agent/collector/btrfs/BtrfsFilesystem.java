package io.fleetward.agent.collector.btrfs;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;
import java.util.stream.Stream;

/// The series of one filesystem. Confined to the collecting thread.
final class BtrfsFilesystem {
  private static final double SECTOR = 512;

  private final Folder folder;
  private final Folder devices;
  private final InfoSeries info;
  private final Slot globalReserve;
  private final List<BlockGroups> blockGroups;
  private final Keyed<Device> knownDevices;

  private record Device(Folder folder, Slot size) {}

  private record Layout(Folder folder, String mode, Slot used, Slot size, Slot ratio) {}

  /// Data, metadata or system.
  private record BlockGroups(Folder folder, Slot reserved, Keyed<Layout> layouts) {}

  BtrfsFilesystem(SeriesTable table, Folder folder, String uuid) {
    this.folder = folder;
    this.devices = folder.inside("devices");
    this.info = new InfoSeries(table, "node_btrfs_info", new String[] {"uuid", uuid}, "label");
    this.globalReserve = table.slot("node_btrfs_global_rsv_size_bytes", "uuid", uuid);
    this.blockGroups =
        Stream.of("data", "metadata", "system")
            .map(type -> blockGroups(table, uuid, type))
            .toList();
    this.knownDevices =
        new Keyed<>(device ->
            new Device(
                devices.inside(device),
                table.slot("node_btrfs_device_size_bytes", "uuid", uuid, "device", device)));
  }

  private BlockGroups blockGroups(SeriesTable table, String uuid, String type) {
    Folder groups = folder.inside("allocation/" + type);
    return new BlockGroups(
        groups,
        table.slot("node_btrfs_reserved_bytes", "uuid", uuid, "block_group_type", type),
        new Keyed<>(mode -> {
          String[] labels = {"uuid", uuid, "block_group_type", type, "mode", mode};
          return new Layout(
              groups.inside(mode),
              mode,
              table.slot("node_btrfs_used_bytes", labels),
              table.slot("node_btrfs_size_bytes", labels),
              table.slot("node_btrfs_allocation_ratio", labels));
        }));
  }

  void collect() {
    info.begin().text(folder.line("label")).tell();
    globalReserve.setIfKnown(folder.number("allocation/global_rsv_size"));
    Fields names = devices.folders();
    while (names.nextLine() && names.nextField()) {
      Device device = knownDevices.get(names);
      device.size().setIfKnown(device.folder().number("size") * SECTOR);
    }
    knownDevices.forgetUnseen();
    for (int i = 0; i < blockGroups.size(); i++) {
      collect(blockGroups.get(i));
    }
  }

  private void collect(BlockGroups groups) {
    groups.reserved().setIfKnown(groups.folder().number("bytes_reserved"));
    Fields names = groups.folder().folders();
    while (names.nextLine() && names.nextField()) {
      Layout layout = groups.layouts().get(names);
      layout.used().setIfKnown(layout.folder().number("used_bytes"));
      layout.size().setIfKnown(layout.folder().number("total_bytes"));
      layout.ratio().set(ratio(layout.mode()));
    }
    groups.layouts().forgetUnseen();
  }

  /// How many bytes a byte takes on disk.
  private double ratio(String mode) {
    double count = knownDevices.size();
    return switch (mode) {
      case "single", "raid0" -> 1;
      case "dup", "raid1", "raid10" -> 2;
      case "raid1c3" -> 3;
      case "raid1c4" -> 4;
      case "raid5" -> count / (count - 1);
      case "raid6" -> count / (count - 2);
      default -> 0;
    };
  }
}
