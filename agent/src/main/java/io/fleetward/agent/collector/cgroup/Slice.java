package io.fleetward.agent.collector.cgroup;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;

/// The units and slices within a control group. Confined to the collecting thread.
final class Slice {
  private final Folder folder;
  private final UnitBudget budget;
  private final Keyed<Slice> slices;
  private final Keyed<UnitUsage> units;

  Slice(SeriesTable table, Folder folder, UnitBudget budget) {
    this.folder = folder;
    this.budget = budget;
    this.slices = new Keyed<>(name -> new Slice(table, folder.inside(name), budget));
    this.units = new Keyed<>(name -> new UnitUsage(table, folder.inside(name), name));
  }

  void collect() throws MalformedFileException {
    Fields names = folder.folders();
    while (names.nextLine() && names.nextField()) {
      if (names.endsWith(".service") || names.endsWith(".scope")) {
        if (budget.allowsOneMore()) {
          units.get(names).collect();
        }
      } else if (names.endsWith(".slice")) {
        slices.get(names).collect();
      }
    }
    units.forgetUnseen();
    slices.forgetUnseen();
  }
}
