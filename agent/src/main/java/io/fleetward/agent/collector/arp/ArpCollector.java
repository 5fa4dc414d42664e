package io.fleetward.agent.collector.arp;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_arp_entries{device}`.
public final class ArpCollector implements Collector {
  private static final int COLUMNS_BEFORE_DEVICE = 5;

  private final ProcFile arp;
  private final Keyed<Device> devices;

  private static final class Device {
    final Slot entries;
    int count;

    Device(Slot entries) {
      this.entries = entries;
    }
  }

  public ArpCollector(HostPaths paths, SeriesTable table) {
    this.arp = new ProcFile(paths.proc("net/arp"));
    this.devices =
        new Keyed<>(device -> new Device(table.slot("node_arp_entries", "device", device)));
  }

  @Override
  public String name() {
    return "arp";
  }

  @Override
  public void collect() throws IOException {
    for (int i = 0; i < devices.size(); i++) {
      devices.at(i).count = 0;
    }
    Fields fields = arp.readIfThere();
    fields.nextLine(); // the header
    while (fields.nextLine()) {
      fields.skip(COLUMNS_BEFORE_DEVICE + 1);
      devices.get(fields).count++;
    }
    devices.forgetUnseen();
    for (int i = 0; i < devices.size(); i++) {
      devices.at(i).entries.set(devices.at(i).count);
    }
  }
}
