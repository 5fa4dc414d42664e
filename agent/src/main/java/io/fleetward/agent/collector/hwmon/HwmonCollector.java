package io.fleetward.agent.collector.hwmon;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;

/// `node_hwmon_temp_celsius{chip,sensor}`, `node_hwmon_fan_rpm`, `node_hwmon_power_watt` and the
/// like, `node_hwmon_sensor_label{chip,sensor,label}` and `node_hwmon_chip_names{chip,chip_name}`.
public final class HwmonCollector implements Collector {
  private final Folder hwmon;
  private final Keyed<Chip> chips;

  public HwmonCollector(HostPaths paths, SeriesTable table) {
    this.hwmon = Folder.at(paths.sys("class/hwmon"));
    this.chips = new Keyed<>(name -> new Chip(table, hwmon.inside(name), name));
  }

  @Override
  public String name() {
    return "hwmon";
  }

  @Override
  public void collect() {
    Fields names = hwmon.folders();
    while (names.nextLine() && names.nextField()) {
      chips.get(names).collect();
    }
    chips.forgetUnseen();
  }
}
