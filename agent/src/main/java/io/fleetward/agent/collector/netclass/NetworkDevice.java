package io.fleetward.agent.collector.netclass;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;

/// The series of one network device. Confined to the collecting thread.
final class NetworkDevice {
  private record Property(String file, String metric, double unit) {}

  private static final List<Property> PROPERTIES =
      List.of(
          new Property("addr_assign_type", "address_assign_type", 1),
          new Property("carrier", "carrier", 1),
          new Property("carrier_changes", "carrier_changes_total", 1),
          new Property("carrier_up_count", "carrier_up_changes_total", 1),
          new Property("carrier_down_count", "carrier_down_changes_total", 1),
          new Property("dev_id", "device_id", 1),
          new Property("dormant", "dormant", 1),
          new Property("flags", "flags", 1),
          new Property("ifindex", "iface_id", 1),
          new Property("iflink", "iface_link", 1),
          new Property("link_mode", "iface_link_mode", 1),
          new Property("mtu", "mtu_bytes", 1),
          new Property("name_assign_type", "name_assign_type", 1),
          new Property("netdev_group", "net_dev_group", 1),
          // Mbit/s; -1 where it is not known
          new Property("speed", "speed_bytes", 125_000),
          new Property("tx_queue_len", "transmit_queue_length", 1),
          new Property("type", "protocol_type", 1));

  private final Folder folder;
  private final Slot up;
  private final InfoSeries info;
  private final Slot[] slots = new Slot[PROPERTIES.size()];

  NetworkDevice(SeriesTable table, Folder folder, String device) {
    this.folder = folder;
    this.up = table.slot("node_network_up", "device", device);
    this.info =
        new InfoSeries(
            table,
            "node_network_info",
            new String[] {"device", device},
            "operstate",
            "address",
            "broadcast",
            "duplex",
            "ifalias");
    for (int i = 0; i < slots.length; i++) {
      slots[i] = table.slot("node_network_" + PROPERTIES.get(i).metric(), "device", device);
    }
  }

  void collect() {
    Fields state = folder.line("operstate");
    if (state.length() == 0) {
      // gone since its name was read
      return;
    }
    up.set(state.is("up") ? 1 : 0);
    info.begin()
        .text(state)
        .text(folder.line("address"))
        .text(folder.line("broadcast"))
        .text(folder.line("duplex"))
        .text(folder.line("ifalias"))
        .tell();
    for (int i = 0; i < slots.length; i++) {
      Property property = PROPERTIES.get(i);
      slots[i].setIfKnown(folder.number(property.file()) * property.unit());
    }
  }
}
