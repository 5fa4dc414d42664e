package io.fleetward.agent.collector.hwmon;

import java.util.Set;

/// What the numbers of a sensor's file are: the metric they are told as, and what one is worth.
record Quantity(String metric, double unit) {
  private static final double MILLI = 0.001;
  private static final double MICRO = 0.000001;
  private static final Set<String> WITHOUT_UNIT = Set.of("fault", "alarm");
  private static final Set<String> SPEEDS = Set.of("input", "min", "max", "target");
  private static final Set<String> INTERVALS =
      Set.of("average_interval", "average_interval_min", "average_interval_max");

  /// @param kind such as `temp`
  /// @param element what stands behind the number, such as `crit`
  static Quantity of(String kind, String element) {
    String rest = element.isEmpty() || element.equals("input") ? "" : "_" + Chip.clean(element);
    String name = "node_hwmon_" + kind + rest;
    if (WITHOUT_UNIT.contains(element)) {
      return new Quantity(name, 1);
    }
    if (element.equals("beep")) {
      return new Quantity(name + "_enabled", 1);
    }
    return switch (kind) {
      case "beep_enable" -> new Quantity("node_hwmon_beep_enabled", 1);
      case "vrm" -> new Quantity("node_hwmon_voltage_regulator_version", 1);
      case "update_interval" -> new Quantity("node_hwmon_update_interval_seconds", MILLI);
      case "in", "cpu" -> new Quantity(name + "_volts", MILLI);
      case "temp" ->
          element.equals("type") ? new Quantity(name, 1) : new Quantity(name + "_celsius", MILLI);
      case "curr" -> new Quantity(name + "_amps", MILLI);
      case "energy" -> new Quantity(name + "_joule_total", MICRO);
      case "humidity" -> new Quantity(name, MICRO);
      case "power" -> power(name, element);
      case "fan" ->
          SPEEDS.contains(element) ? new Quantity(name + "_rpm", 1) : new Quantity(name, 1);
      default -> new Quantity(name, 1);
    };
  }

  private static Quantity power(String name, String element) {
    if (element.equals("accuracy")) {
      return new Quantity(name, MICRO);
    }
    return INTERVALS.contains(element)
        ? new Quantity(name + "_seconds", MILLI)
        : new Quantity(name + "_watt", MICRO);
  }
}
