package io.fleetward.agent.collector.bonding;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;

/// `node_bonding_slaves{master}` and `node_bonding_active{master}`.
public final class BondingCollector implements Collector {
  private final Folder net;
  private final Keyed<Bond> bonds;

  private static final class Bond {
    final Folder folder;
    final Slot slaves;
    final Slot active;
    final Keyed<Folder> links;

    Bond(SeriesTable table, Folder net, String master) {
      this.folder = net.inside(master);
      this.slaves = table.slot("node_bonding_slaves", "master", master);
      this.active = table.slot("node_bonding_active", "master", master);
      this.links = new Keyed<>(slave -> net.inside(slave + "/bonding_slave"));
    }

    void collect() {
      Fields names = folder.line("bonding/slaves");
      if (names.isEmpty()) {
        // not a bond any more
        return;
      }
      names.again();
      int count = 0;
      while (names.nextField()) {
        links.get(names);
        count++;
      }
      links.forgetUnseen();
      int up = 0;
      for (int i = 0; i < links.size(); i++) {
        up += links.at(i).line("mii_status").is("up") ? 1 : 0;
      }
      slaves.set(count);
      active.set(up);
    }
  }

  public BondingCollector(HostPaths paths, SeriesTable table) {
    this.net = Folder.at(paths.sys("class/net"));
    this.bonds = new Keyed<>(master -> new Bond(table, net, master));
  }

  @Override
  public String name() {
    return "bonding";
  }

  @Override
  public void collect() {
    Fields masters = net.line("bonding_masters");
    masters.again();
    while (masters.nextField()) {
      bonds.get(masters);
    }
    bonds.forgetUnseen();
    for (int i = 0; i < bonds.size(); i++) {
      bonds.at(i).collect();
    }
  }
}
