package io.fleetward.agent.collector.diskstats;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// `node_disk_reads_completed_total{device}` and its like; partitions, loops and RAM disks are left
/// out as node_exporter does.
public final class DiskstatsCollector implements Collector {
  private static final Pattern IGNORED =
      Pattern.compile("^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$");
  private static final double SECTOR = 512;
  private static final double MILLISECOND = 1e-3;

  /// A column of the file: its series and what one unit of it is worth.
  private record Column(String metric, double unit) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("reads_completed_total", 1),
          new Column("reads_merged_total", 1),
          new Column("read_bytes_total", SECTOR),
          new Column("read_time_seconds_total", MILLISECOND),
          new Column("writes_completed_total", 1),
          new Column("writes_merged_total", 1),
          new Column("written_bytes_total", SECTOR),
          new Column("write_time_seconds_total", MILLISECOND),
          new Column("io_now", 1),
          new Column("io_time_seconds_total", MILLISECOND),
          new Column("io_time_weighted_seconds_total", MILLISECOND),
          new Column("discards_completed_total", 1),
          new Column("discards_merged_total", 1),
          new Column("discarded_sectors_total", 1),
          new Column("discard_time_seconds_total", MILLISECOND),
          new Column("flush_requests_total", 1),
          new Column("flush_requests_time_seconds_total", MILLISECOND));

  private final ProcFile diskstats;
  private final Keyed<Slot[]> devices;

  public DiskstatsCollector(Path procfs, SeriesTable table) {
    this.diskstats = new ProcFile(procfs.resolve("diskstats"));
    this.devices = new Keyed<>(device -> slots(table, device));
  }

  private static Slot[] slots(SeriesTable table, String device) {
    if (IGNORED.matcher(device).matches()) {
      return new Slot[0];
    }
    Slot[] slots = new Slot[COLUMNS.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = table.slot("node_disk_" + COLUMNS.get(i).metric(), "device", device);
    }
    return slots;
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
      Slot[] slots = devices.get(fields);
      int column = 0;
      // older kernels have fewer columns
      while (column < slots.length && fields.nextField()) {
        slots[column].set(fields.number() * COLUMNS.get(column).unit());
        column++;
      }
      if (slots.length > 0 && column == 0) {
        throw fields.malformed("has no numbers");
      }
    }
    devices.forgetUnseen();
  }
}
