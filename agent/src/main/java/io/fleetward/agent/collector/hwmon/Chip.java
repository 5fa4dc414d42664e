package io.fleetward.agent.collector.hwmon;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// One chip and its sensors. Confined to the collecting thread.
final class Chip {
  private final Folder folder;
  private final Folder device;
  private final Optional<InfoSeries> name;
  private final Keyed<Optional<Sensor>> sensors;
  private final Keyed<Optional<Sensor>> deviceSensors;

  Chip(SeriesTable table, Folder folder, String number) {
    this.folder = folder;
    this.device = folder.inside("device");
    String chip = chipOf(folder, number);
    String clean = clean(folder.line("name").text());
    this.name =
        clean.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new InfoSeries(
                    table,
                    "node_hwmon_chip_names",
                    new String[] {"chip", chip, "chip_name", clean}));
    this.sensors = new Keyed<>(file -> Sensor.of(table, folder, chip, file));
    this.deviceSensors = new Keyed<>(file -> Sensor.of(table, device, chip, file));
  }

  /// Numbers change with the order in which modules are loaded; where the device hangs does not.
  private static String chipOf(Folder folder, String number) {
    try {
      Path real = folder.path().resolve("device").toRealPath();
      String bus = real.getNameCount() < 2 ? "" : clean(real.getName(real.getNameCount() - 2));
      String name = clean(real.getFileName());
      if (!name.isEmpty()) {
        return bus.isEmpty() ? name : bus + "_" + name;
      }
    } catch (IOException _) {
      // a chip that belongs to no device
    }
    String clean = clean(folder.line("name").text());
    return clean.isEmpty() ? number : clean;
  }

  static String clean(Object text) {
    return text.toString()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9:_]", "_")
        .replaceAll("^_+|_+$", "");
  }

  void collect() {
    if (name.isPresent()) {
      name.get().begin().tell();
    }
    collect(folder.list(), sensors);
    // older drivers keep their files a level deeper
    collect(device.list(), deviceSensors);
  }

  private static void collect(Fields files, Keyed<Optional<Sensor>> known) {
    while (files.nextLine() && files.nextField()) {
      Optional<Sensor> sensor = known.get(files);
      if (sensor.isPresent()) {
        sensor.get().collect();
      }
    }
    known.forgetUnseen();
  }
}
