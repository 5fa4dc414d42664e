package io.fleetward.agent.collector.netdev;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.file.Path;

/// `node_network_receive_bytes_total{device}` and its like.
public final class NetdevCollector implements Collector {
  private static final String[] COLUMNS = {
    "receive_bytes", "receive_packets", "receive_errs", "receive_drop",
    "receive_fifo", "receive_frame", "receive_compressed", "receive_multicast",
    "transmit_bytes", "transmit_packets", "transmit_errs", "transmit_drop",
    "transmit_fifo", "transmit_colls", "transmit_carrier", "transmit_compressed"
  };

  private final ProcFile netdev;
  private final Keyed<Slot[]> devices;

  public NetdevCollector(Path procfs, SeriesTable table) {
    this.netdev = new ProcFile(procfs.resolve("net/dev"));
    this.devices = new Keyed<>(device -> slots(table, device));
  }

  private static Slot[] slots(SeriesTable table, String device) {
    Slot[] slots = new Slot[COLUMNS.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = table.slot("node_network_" + COLUMNS[i] + "_total", "device", device);
    }
    return slots;
  }

  @Override
  public String name() {
    return "netdev";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = netdev.read();
    for (int header = 0; header < 2; header++) {
      if (!fields.nextLine()) {
        throw fields.malformed("ends before its two header lines");
      }
    }
    while (fields.nextLine()) {
      if (fields.nextField((byte) ':')) {
        Slot[] slots = devices.get(fields);
        for (Slot slot : slots) {
          slot.set((double) fields.nextNumber());
        }
      }
    }
    devices.forgetUnseen();
  }
}
