package io.fleetward.agent.collector.edac;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;

/// `node_edac_correctable_errors_total{controller}`, `node_edac_uncorrectable_errors_total` and
/// their `csrow` counterparts.
public final class EdacCollector implements Collector {
  private final Folder controllers;
  private final Keyed<MemoryController> known;

  public EdacCollector(HostPaths paths, SeriesTable table) {
    this.controllers = Folder.at(paths.sys("devices/system/edac/mc"));
    this.known = new Keyed<>(name -> new MemoryController(table, controllers.inside(name), name));
  }

  @Override
  public String name() {
    return "edac";
  }

  @Override
  public void collect() {
    Fields names = controllers.folders();
    while (names.nextLine() && names.nextField()) {
      if (names.startsWith("mc")) {
        known.get(names).collect();
      }
    }
    known.forgetUnseen();
  }
}
