package io.fleetward.agent.collector.cgroup;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `fleetward_unit_cpu_seconds_total{unit}`, `fleetward_unit_memory_bytes`,
/// `fleetward_unit_memory_limit_bytes`, `fleetward_unit_oom_kills_total`, and for a unit with a CPU
/// quota `fleetward_unit_cpu_periods_total`, `fleetward_unit_cpu_throttled_periods_total` and
/// `fleetward_unit_cpu_throttled_seconds_total`. Services and scopes in any slice are units;
/// control groups of version 2 only.
public final class CgroupCollector implements Collector {
  /// A host with thousands of containers must not drown in them.
  private static final int MOST_UNITS = 250;

  private final Folder unified;
  private final Folder hybrid;
  private final UnitBudget budget = new UnitBudget(MOST_UNITS);
  private final Slice ofUnified;
  private final Slice ofHybrid;
  private final Slot leftOut;

  public CgroupCollector(HostPaths paths, SeriesTable table) {
    this.unified = Folder.at(paths.sys("fs/cgroup"));
    this.hybrid = Folder.at(paths.sys("fs/cgroup/unified"));
    this.ofUnified = new Slice(table, unified, budget);
    this.ofHybrid = new Slice(table, hybrid, budget);
    this.leftOut = table.slot("fleetward_units_left_out");
  }

  @Override
  public String name() {
    return "cgroup";
  }

  @Override
  public void collect() throws IOException {
    budget.begin();
    if (isRoot(unified)) {
      ofUnified.collect();
      leftOut.set(budget.leftOut());
    } else if (isRoot(hybrid)) {
      ofHybrid.collect();
      leftOut.set(budget.leftOut());
    }
  }

  private static boolean isRoot(Folder folder) {
    return !folder.read("cgroup.procs").isEmpty() || !folder.read("cgroup.controllers").isEmpty();
  }
}
