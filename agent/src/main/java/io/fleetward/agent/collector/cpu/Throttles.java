package io.fleetward.agent.collector.cpu;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often cores and packages were slowed down because they were too hot. Confined to the
/// collecting thread.
final class Throttles {
  private static final String CORE_COUNT = "thermal_throttle/core_throttle_count";
  private static final String PACKAGE_COUNT = "thermal_throttle/package_throttle_count";

  private final Folder cpus;
  private final SeriesTable table;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Keyed<List<HardwareThread>> threads = new Keyed<>(this::thread);

  /// A hardware thread that has such counters; those of one core tell the same.
  private record HardwareThread(Folder folder, Slot core, Slot physicalPackage) {}

  Throttles(HostPaths paths, SeriesTable table) {
    this.cpus = Folder.at(paths.sys("devices/system/cpu"));
    this.table = table;
  }

  private List<HardwareThread> thread(String name) {
    Folder folder = cpus.inside(name);
    if (!name.matches("cpu\\d+") || Double.isNaN(folder.number(CORE_COUNT))) {
      return List.of();
    }
    String core = folder.line("topology/core_id").text();
    String physicalPackage = folder.line("topology/physical_package_id").text();
    return List.of(
        new HardwareThread(
            folder,
            slots.computeIfAbsent(
                physicalPackage + "/" + core,
                _ ->
                    table.slot(
                        "node_cpu_core_throttles_total", "core", core, "package", physicalPackage)),
            slots.computeIfAbsent(
                physicalPackage,
                _ -> table.slot("node_cpu_package_throttles_total", "package", physicalPackage))));
  }

  void collect() {
    Fields names = cpus.folders();
    while (names.nextLine() && names.nextField()) {
      List<HardwareThread> found = threads.get(names);
      if (!found.isEmpty()) {
        HardwareThread thread = found.getFirst();
        thread.core().setIfKnown(thread.folder().number(CORE_COUNT));
        thread.physicalPackage().setIfKnown(thread.folder().number(PACKAGE_COUNT));
      }
    }
    threads.forgetUnseen();
  }
}
