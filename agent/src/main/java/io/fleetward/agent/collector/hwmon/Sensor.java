package io.fleetward.agent.collector.hwmon;

import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file of a sensor: a number, or the sensor's label. Confined to the collecting thread.
sealed interface Sensor {
  Pattern FILE =
      Pattern.compile(
          "(vrm|beep_enable|update_interval|in|cpu|fan|pwm|temp|curr|power|energy|humidity|intrusion)"
              + "(\\d*)(?:_(.+))?");

  void collect();

  /// @param unit what one of the file's numbers is worth
  record Reading(Folder folder, String file, double unit, Slot slot) implements Sensor {
    @Override
    public void collect() {
      slot.setIfKnown(folder.number(file) * unit);
    }
  }

  record Label(Folder folder, String file, InfoSeries series) implements Sensor {
    @Override
    public void collect() {
      series.begin().text(folder.line(file)).tell();
    }
  }

  /// What a file of a chip tells; empty if it is no sensor's.
  static Optional<Sensor> of(SeriesTable table, Folder folder, String chip, String file) {
    Matcher parts = FILE.matcher(file);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String kind = parts.group(1);
    String sensor = kind + (parts.group(2).isEmpty() ? "0" : parts.group(2));
    String element = Optional.ofNullable(parts.group(3)).orElse("");
    if (element.equals("label")) {
      String[] labels = {"chip", chip, "sensor", sensor};
      return Optional.of(
          new Label(
              folder, file, new InfoSeries(table, "node_hwmon_sensor_label", labels, "label")));
    }
    Quantity quantity = Quantity.of(kind, element);
    Slot slot = table.slot(quantity.metric(), "chip", chip, "sensor", sensor);
    return Optional.of(new Reading(folder, file, quantity.unit(), slot));
  }
}
