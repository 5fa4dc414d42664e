package io.fleetward.agent.collector.powersupply;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;

/// `node_power_supply_online{power_supply}`, `node_power_supply_capacity`,
/// `node_power_supply_voltage_volt`, `node_power_supply_info` and the like.
public final class PowerSupplyCollector implements Collector {
  private final Folder supplies;
  private final Keyed<PowerSupply> known;

  public PowerSupplyCollector(HostPaths paths, SeriesTable table) {
    this.supplies = Folder.at(paths.sys("class/power_supply"));
    this.known = new Keyed<>(name -> new PowerSupply(table, supplies.inside(name), name));
  }

  @Override
  public String name() {
    return "powersupplyclass";
  }

  @Override
  public void collect() {
    Fields names = supplies.folders();
    while (names.nextLine() && names.nextField()) {
      known.get(names).collect();
    }
    known.forgetUnseen();
  }
}
