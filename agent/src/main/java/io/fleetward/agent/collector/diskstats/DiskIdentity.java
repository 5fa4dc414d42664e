package io.fleetward.agent.collector.diskstats;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.RememberedText;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What udev's database says about one block device; empty where there is no udev. Confined to the
/// collecting thread.
final class DiskIdentity {
  private static final String PROPERTY = "E:";
  private static final List<String> SERIAL_KEYS =
      List.of("SCSI_IDENT_SERIAL", "ID_SERIAL_SHORT", "ID_SERIAL");

  private record Attribute(String key, String metric) {}

  private static final List<Attribute> ATA_ATTRIBUTES =
      List.of(
          new Attribute("ID_ATA_WRITE_CACHE", "node_disk_ata_write_cache"),
          new Attribute("ID_ATA_WRITE_CACHE_ENABLED", "node_disk_ata_write_cache_enabled"),
          new Attribute("ID_ATA_ROTATION_RATE_RPM", "node_disk_ata_rotation_rate_rpm"));

  private record Told(Slot slot, double value) {}

  private final SeriesTable table;
  private final Folder udev;
  private final String file;
  private final String major;
  private final String minor;
  private final String device;
  private final RememberedText properties = new RememberedText();
  private List<Told> told = List.of();

  DiskIdentity(SeriesTable table, Folder udev, String major, String minor, String device) {
    this.table = table;
    this.udev = udev;
    this.file = "b%s:%s".formatted(major, minor);
    this.major = major;
    this.minor = minor;
    this.device = device;
  }

  void collect() {
    Fields text = udev.read(file);
    if (properties.hasChanged(text)) {
      told = understand(text);
    }
    for (int i = 0; i < told.size(); i++) {
      told.get(i).slot().set(told.get(i).value());
    }
  }

  private List<Told> understand(Fields text) {
    Map<String, String> values = new TreeMap<>();
    while (text.nextLine()) {
      String line = text.rest().text();
      int equals = line.indexOf('=');
      if (line.startsWith(PROPERTY) && equals > 0) {
        values.put(line.substring(PROPERTY.length(), equals), line.substring(equals + 1));
      }
    }
    List<Told> found = new ArrayList<>();
    found.add(new Told(info(values), 1));
    if (has(values, "ID_FS_TYPE")) {
      found.add(new Told(filesystem(values), 1));
    }
    if (has(values, "DM_NAME")) {
      found.add(new Told(deviceMapper(values), 1));
    }
    if (has(values, "ID_ATA")) {
      for (Attribute attribute : ATA_ATTRIBUTES) {
        String value = of(values, attribute.key());
        if (value.matches("\\d{1,9}")) {
          Slot slot = table.slot(attribute.metric(), "device", device);
          found.add(new Told(slot, Double.parseDouble(value)));
        }
      }
    }
    return List.copyOf(found);
  }

  private Slot info(Map<String, String> values) {
    String serial =
        SERIAL_KEYS.stream()
            .filter(key -> has(values, key))
            .findFirst()
            .map(values::get)
            .orElse("");
    return table.slot(
        "node_disk_info",
        "device",
        device,
        "major",
        major,
        "minor",
        minor,
        "path",
        of(values, "ID_PATH"),
        "wwn",
        of(values, "ID_WWN"),
        "model",
        of(values, "ID_MODEL"),
        "serial",
        serial,
        "revision",
        of(values, "ID_REVISION"));
  }

  private Slot filesystem(Map<String, String> values) {
    return table.slot(
        "node_disk_filesystem_info",
        "device",
        device,
        "type",
        of(values, "ID_FS_TYPE"),
        "usage",
        of(values, "ID_FS_USAGE"),
        "uuid",
        of(values, "ID_FS_UUID"),
        "version",
        of(values, "ID_FS_VERSION"));
  }

  private Slot deviceMapper(Map<String, String> values) {
    return table.slot(
        "node_disk_device_mapper_info",
        "device",
        device,
        "name",
        of(values, "DM_NAME"),
        "uuid",
        of(values, "DM_UUID"),
        "vg_name",
        of(values, "DM_VG_NAME"),
        "lv_name",
        of(values, "DM_LV_NAME"),
        "lv_layer",
        of(values, "DM_LV_LAYER"));
  }

  private static String of(Map<String, String> values, String key) {
    return values.getOrDefault(key, "");
  }

  private static boolean has(Map<String, String> values, String key) {
    return !of(values, key).isEmpty();
  }
}
