package io.fleetward.agent.collector.diskstats;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// `node_disk_reads_completed_total{device}` and its like, and what udev knows of the device:
/// `node_disk_info`, `node_disk_filesystem_info`, `node_disk_device_mapper_info`,
/// `node_disk_ata_*`. Partitions, loops and RAM disks are left out as node_exporter does.
public final class DiskstatsCollector implements Collector {
  private static final Pattern IGNORED =
      Pattern.compile("^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$");

  private final ProcFile diskstats;
  private final Folder udev;
  private final Keyed<Optional<Disk>> devices;

  public DiskstatsCollector(HostPaths paths, SeriesTable table) {
    this.diskstats = new ProcFile(paths.proc("diskstats"));
    this.udev = Folder.at(paths.root("run/udev/data"));
    this.devices = new Keyed<>(line -> disk(table, line.strip().split("[ \t]+")));
  }

  /// Numbers are a part of the key: a name that comes back with others is another device.
  private Optional<Disk> disk(SeriesTable table, String[] majorAndMinorAndName) {
    String name = majorAndMinorAndName[2];
    return IGNORED.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            new Disk(
                table,
                new DiskIdentity(
                    table, udev, majorAndMinorAndName[0], majorAndMinorAndName[1], name),
                name));
  }

  @Override
  public String name() {
    return "diskstats";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = diskstats.read();
    while (fields.nextLine()) {
      fields.skip(3); // major and minor number; then stands on the name
      fields.spanFromLineStart();
      Optional<Disk> disk = devices.get(fields);
      if (disk.isPresent()) {
        disk.get().collect(fields);
      }
    }
    devices.forgetUnseen();
  }
}
