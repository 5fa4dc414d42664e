package io.fleetward.agent.collector.rapl;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `node_rapl_package_joules_total{index,path}`, `node_rapl_dram_joules_total` and the like; only
/// root may read them.
public final class RaplCollector implements Collector {
  private static final double MICROJOULES = 1e6;
  private static final Pattern ZONE = Pattern.compile("intel-rapl(-mmio)?:(\\d+)(:\\d+)?");
  private static final Pattern NUMBERED_NAME = Pattern.compile("(.+)-(\\d+)");

  private record Zone(Folder folder, Slot joules) {}

  private final Folder powercap;
  private final SeriesTable table;
  private final Keyed<List<Zone>> zones = new Keyed<>(this::zone);

  public RaplCollector(HostPaths paths, SeriesTable table) {
    this.powercap = Folder.at(paths.sys("class/powercap"));
    this.table = table;
  }

  private List<Zone> zone(String device) {
    Folder folder = powercap.inside(device);
    String name = folder.line("name").text();
    if (!ZONE.matcher(device).matches() || name.isEmpty()) {
      return List.of();
    }
    // package-0 is zone 0 of the kind package; one without a number is told by the order of zones
    Matcher numbered = NUMBERED_NAME.matcher(name);
    boolean isNumbered = numbered.matches();
    String kind = isNumbered ? numbered.group(1) : name;
    String index = isNumbered ? numbered.group(2) : indexOf(device);
    return List.of(
        new Zone(
            folder,
            table.slot(
                "node_rapl_" + kind.replaceAll("[^a-zA-Z0-9_]", "_") + "_joules_total",
                "index",
                index,
                "path",
                folder.path().toString())));
  }

  private static String indexOf(String device) {
    Matcher zone = ZONE.matcher(device);
    return zone.matches() ? zone.group(2) : "0";
  }

  @Override
  public String name() {
    return "rapl";
  }

  @Override
  public void collect() {
    Fields names = powercap.folders();
    while (names.nextLine() && names.nextField()) {
      List<Zone> found = zones.get(names);
      if (!found.isEmpty()) {
        Zone zone = found.getFirst();
        zone.joules().setIfKnown(zone.folder().number("energy_uj") / MICROJOULES);
      }
    }
    zones.forgetUnseen();
  }
}
