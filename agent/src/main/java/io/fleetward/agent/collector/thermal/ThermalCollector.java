package io.fleetward.agent.collector.thermal;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;

/// `node_thermal_zone_temp{zone,type}`, in degrees Celsius, and
/// `node_cooling_device_cur_state{name,type}` with its `max_state`.
public final class ThermalCollector implements Collector {
  private static final String ZONE = "thermal_zone";
  private static final String COOLER = "cooling_device";
  private static final double MILLIDEGREES = 1000;

  /// One value of a device, under the type that the device tells.
  ///
  /// @param perUnit how many of what the file counts make one of what is told
  private record Measure(Folder folder, String file, double perUnit, InfoSeries series) {
    void collect() {
      double value = folder.number(file) / perUnit;
      if (!Double.isNaN(value)) {
        series.begin().text(folder.line("type")).tell(value);
      }
    }
  }

  private record Device(Measure first, Measure second) {}

  private final Folder thermal;
  private final SeriesTable table;
  private final Keyed<Device> devices = new Keyed<>(this::device);

  public ThermalCollector(HostPaths paths, SeriesTable table) {
    this.thermal = Folder.at(paths.sys("class/thermal"));
    this.table = table;
  }

  private Device device(String name) {
    Folder folder = thermal.inside(name);
    if (name.startsWith(ZONE)) {
      String zone = name.substring(ZONE.length());
      Measure temp =
          new Measure(folder, "temp", MILLIDEGREES, series("node_thermal_zone_temp", "zone", zone));
      return new Device(temp, temp);
    }
    String cooler = name.substring(COOLER.length());
    return new Device(
        new Measure(
            folder, "cur_state", 1, series("node_cooling_device_cur_state", "name", cooler)),
        new Measure(
            folder, "max_state", 1, series("node_cooling_device_max_state", "name", cooler)));
  }

  private InfoSeries series(String metric, String label, String value) {
    return new InfoSeries(table, metric, new String[] {label, value}, "type");
  }

  @Override
  public String name() {
    return "thermal_zone";
  }

  @Override
  public void collect() {
    Fields names = thermal.folders();
    while (names.nextLine() && names.nextField()) {
      if (names.startsWith(ZONE)) {
        devices.get(names).first().collect();
      } else if (names.startsWith(COOLER)) {
        Device device = devices.get(names);
        device.first().collect();
        device.second().collect();
      }
    }
    devices.forgetUnseen();
  }
}
