package io.fleetward.agent.collector.netdev;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;

/// `node_network_receive_bytes_total{device}` and its like.
public final class NetdevCollector implements Collector {
  private static final List<String> COLUMNS =
      List.of(
          "receive_bytes",
          "receive_packets",
          "receive_errs",
          "receive_drop",
          "receive_fifo",
          "receive_frame",
          "receive_compressed",
          "receive_multicast",
          "transmit_bytes",
          "transmit_packets",
          "transmit_errs",
          "transmit_drop",
          "transmit_fifo",
          "transmit_colls",
          "transmit_carrier",
          "transmit_compressed");

  private final ProcFile netdev;
  private final Keyed<Device> devices;

  /// @param unhandled packets that nobody wanted; the kernel tells them in sysfs only
  private record Device(List<Slot> columns, Folder statistics, Slot unhandled) {}

  public NetdevCollector(HostPaths paths, SeriesTable table) {
    Folder net = Folder.at(paths.sys("class/net"));
    this.netdev = new ProcFile(paths.proc("net/dev"));
    this.devices = new Keyed<>(device -> device(table, net, device));
  }

  private static Device device(SeriesTable table, Folder net, String device) {
    List<Slot> columns = COLUMNS.stream().map(column -> slot(table, column, device)).toList();
    return new Device(
        columns, net.inside(device + "/statistics"), slot(table, "receive_nohandler", device));
  }

  private static Slot slot(SeriesTable table, String column, String device) {
    return table.slot("node_network_" + column + "_total", "device", device);
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
        Device device = devices.get(fields);
        for (int i = 0; i < COLUMNS.size(); i++) {
          device.columns().get(i).set(fields.nextNumber());
        }
        device.unhandled().setIfKnown(device.statistics().number("rx_nohandler"));
      }
    }
    devices.forgetUnseen();
  }
}
