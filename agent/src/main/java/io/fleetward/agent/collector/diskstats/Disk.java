package io.fleetward.agent.collector.diskstats;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;

/// The series of one block device. Confined to the collecting thread.
final class Disk {
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

  private final DiskIdentity identity;
  private final Slot[] slots = new Slot[COLUMNS.size()];

  Disk(SeriesTable table, DiskIdentity identity, String device) {
    this.identity = identity;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = table.slot("node_disk_" + COLUMNS.get(i).metric(), "device", device);
    }
  }

  /// Reads the rest of its line; older kernels have fewer columns.
  void collect(Fields line) throws MalformedFileException {
    int column = 0;
    while (column < slots.length && line.nextField()) {
      slots[column].set(line.number() * COLUMNS.get(column).unit());
      column++;
    }
    if (column == 0) {
      throw line.malformed("has no numbers");
    }
    identity.collect();
  }
}
