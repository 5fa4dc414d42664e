package io.fleetward.agent.collector.netclass;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;

/// `node_network_up{device}`, `node_network_info{device,address,…}`, `node_network_mtu_bytes` and
/// the other properties of network devices.
public final class NetclassCollector implements Collector {
  private final Folder net;
  private final Keyed<NetworkDevice> devices;

  public NetclassCollector(HostPaths paths, SeriesTable table) {
    this.net = Folder.at(paths.sys("class/net"));
    this.devices = new Keyed<>(device -> new NetworkDevice(table, net.inside(device), device));
  }

  @Override
  public String name() {
    return "netclass";
  }

  @Override
  public void collect() throws IOException {
    Fields names = net.folders();
    while (names.nextLine() && names.nextField()) {
      devices.get(names).collect();
    }
    devices.forgetUnseen();
  }
}
