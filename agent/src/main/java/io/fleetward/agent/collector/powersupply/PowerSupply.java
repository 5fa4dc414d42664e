package io.fleetward.agent.collector.powersupply;

import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;
import java.util.stream.Stream;

/// The series of one power supply. Confined to the collecting thread.
final class PowerSupply {
  private static final double MICROS = 1e6;
  private static final double TENTHS = 10;

  /// @param perUnit how many of what the file counts make one of what is told
  private record Property(String file, String metric, double perUnit) {
    static Property same(String name, double perUnit) {
      return new Property(name, name, perUnit);
    }
  }

  private static final List<Property> PROPERTIES =
      Stream.of(
              Stream.of(
                      "authentic",
                      "calibrate",
                      "capacity",
                      "capacity_alert_max",
                      "capacity_alert_min",
                      "online",
                      "present")
                  .map(name -> Property.same(name, 1)),
              Stream.of(
                      "current_boot",
                      "current_max",
                      "energy_empty",
                      "energy_empty_design",
                      "energy_full",
                      "energy_full_design",
                      "voltage_boot",
                      "voltage_max",
                      "voltage_max_design",
                      "voltage_min",
                      "voltage_min_design",
                      "voltage_ocv",
                      "charge_control_limit",
                      "charge_control_limit_max",
                      "charge_counter",
                      "charge_empty",
                      "charge_empty_design",
                      "charge_full",
                      "charge_full_design",
                      "charge_term_current",
                      "constant_charge_current",
                      "constant_charge_current_max",
                      "constant_charge_voltage",
                      "constant_charge_voltage_max",
                      "precharge_current",
                      "input_current_limit")
                  .map(name -> Property.same(name, MICROS)),
              Stream.of(
                      "temp_alert_max",
                      "temp_alert_min",
                      "temp_ambient",
                      "temp_ambient_max",
                      "temp_ambient_min",
                      "temp_max",
                      "temp_min",
                      "temp")
                  .map(name -> new Property(name, name + "_celsius", TENTHS)),
              Stream.of(
                  new Property("cycle_count", "cyclecount", 1),
                  new Property("time_to_empty_now", "time_to_empty_seconds", 1),
                  new Property("time_to_full_now", "time_to_full_seconds", 1),
                  new Property("current_now", "current_ampere", MICROS),
                  new Property("energy_now", "energy_watthour", MICROS),
                  new Property("voltage_now", "voltage_volt", MICROS),
                  new Property("charge_now", "charge_ampere", MICROS),
                  new Property("power_now", "power_watt", MICROS)))
          .flatMap(properties -> properties)
          .toList();

  private static final List<String> TEXTS =
      List.of(
          "capacity_level",
          "charge_type",
          "health",
          "manufacturer",
          "model_name",
          "serial_number",
          "status",
          "technology",
          "type",
          "usb_type",
          "scope");

  private final Folder folder;
  private final List<Slot> slots;
  private final InfoSeries info;

  PowerSupply(SeriesTable table, Folder folder, String name) {
    this.folder = folder;
    this.slots =
        PROPERTIES.stream()
            .map(property ->
                table.slot("node_power_supply_" + property.metric(), "power_supply", name))
            .toList();
    this.info =
        new InfoSeries(
            table,
            "node_power_supply_info",
            new String[] {"power_supply", name},
            TEXTS.toArray(String[]::new));
  }

  void collect() {
    info.begin();
    for (int i = 0; i < TEXTS.size(); i++) {
      info.text(folder.line(TEXTS.get(i)));
    }
    info.tell();
    for (int i = 0; i < PROPERTIES.size(); i++) {
      Property property = PROPERTIES.get(i);
      slots.get(i).setIfKnown(folder.number(property.file()) / property.perUnit());
    }
  }
}
