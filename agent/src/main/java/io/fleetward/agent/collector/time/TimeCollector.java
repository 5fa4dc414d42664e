package io.fleetward.agent.collector.time;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.LongSupplier;

/// `node_time_seconds`, `node_time_zone_offset_seconds{time_zone}`,
/// `node_time_clocksource_available_info{device,clocksource}` and
/// `node_time_clocksource_current_info`.
public final class TimeCollector implements Collector {
  private final LongSupplier millis;
  private final ZoneId zone;
  private final Slot seconds;
  private final Slot summerOffset;
  private final Slot winterOffset;
  private final Folder sources;
  private final Keyed<Source> devices;

  private static final class Source {
    final Folder folder;
    final Keyed<Slot> available;
    final Keyed<Slot> current;

    Source(SeriesTable table, Folder sources, String name) {
      String device = name.substring("clocksource".length());
      this.folder = sources.inside(name);
      this.available =
          new Keyed<>(
              source -> slot(table, "node_time_clocksource_available_info", device, source));
      this.current =
          new Keyed<>(source -> slot(table, "node_time_clocksource_current_info", device, source));
    }

    private static Slot slot(SeriesTable table, String metric, String device, String source) {
      return table.slot(metric, "clocksource", source, "device", device);
    }

    void collect() {
      tell(folder.line("available_clocksource"), available);
      tell(folder.line("current_clocksource"), current);
    }

    private static void tell(Fields line, Keyed<Slot> slots) {
      line.again();
      while (line.nextField()) {
        slots.get(line).set(1);
      }
      slots.forgetUnseen();
    }
  }

  /// @param millis the host's clock, in milliseconds since the epoch
  public TimeCollector(HostPaths paths, SeriesTable table, LongSupplier millis, ZoneId zone) {
    this.millis = millis;
    this.zone = zone;
    this.seconds = table.slot("node_time_seconds");
    this.summerOffset = offset(table, zone, true);
    this.winterOffset = offset(table, zone, false);
    this.sources = Folder.at(paths.sys("devices/system/clocksource"));
    this.devices = new Keyed<>(name -> new Source(table, sources, name));
  }

  private static Slot offset(SeriesTable table, ZoneId zone, boolean isSummer) {
    String name =
        TimeZone.getTimeZone(zone).getDisplayName(isSummer, TimeZone.SHORT, Locale.ENGLISH);
    return table.slot("node_time_zone_offset_seconds", "time_zone", name);
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public void collect() {
    long now = millis.getAsLong();
    seconds.set(now / 1e3);
    Instant instant = Instant.ofEpochMilli(now);
    boolean isSummer = zone.getRules().isDaylightSavings(instant);
    (isSummer ? summerOffset : winterOffset)
        .set(zone.getRules().getOffset(instant).getTotalSeconds());
    Fields names = sources.folders();
    while (names.nextLine() && names.nextField()) {
      if (names.startsWith("clocksource")) {
        devices.get(names).collect();
      }
    }
    devices.forgetUnseen();
  }
}
