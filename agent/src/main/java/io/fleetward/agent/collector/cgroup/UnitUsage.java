package io.fleetward.agent.collector.cgroup;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;

/// The series of one unit. Confined to the collecting thread.
final class UnitUsage {
  private static final double MICROSECONDS = 1e6;

  private final Folder folder;
  private final Slot cpu;
  private final Slot periods;
  private final Slot throttledPeriods;
  private final Slot throttled;
  private final Slot memory;
  private final Slot memoryLimit;
  private final Slot oomKills;

  UnitUsage(SeriesTable table, Folder folder, String unit) {
    this.folder = folder;
    this.cpu = table.slot("fleetward_unit_cpu_seconds_total", "unit", unit);
    this.periods = table.slot("fleetward_unit_cpu_periods_total", "unit", unit);
    this.throttledPeriods = table.slot("fleetward_unit_cpu_throttled_periods_total", "unit", unit);
    this.throttled = table.slot("fleetward_unit_cpu_throttled_seconds_total", "unit", unit);
    this.memory = table.slot("fleetward_unit_memory_bytes", "unit", unit);
    this.memoryLimit = table.slot("fleetward_unit_memory_limit_bytes", "unit", unit);
    this.oomKills = table.slot("fleetward_unit_oom_kills_total", "unit", unit);
  }

  /// What the unit's controllers do not count has no file, and one without a limit says `max`.
  void collect() throws MalformedFileException {
    collectCpu(folder.read("cpu.stat"));
    memory.setIfKnown(folder.number("memory.current"));
    memoryLimit.setIfKnown(folder.number("memory.max"));
    Fields events = folder.read("memory.events");
    while (events.nextLine()) {
      if (events.nextField() && events.is("oom_kill")) {
        oomKills.set(events.nextNumber());
      }
    }
  }

  private void collectCpu(Fields stat) throws MalformedFileException {
    boolean hasQuota = false;
    while (stat.nextLine()) {
      if (!stat.nextField()) {
        continue;
      }
      if (stat.is("usage_usec")) {
        cpu.set(stat.nextNumber() / MICROSECONDS);
      } else if (stat.is("nr_periods")) {
        long count = stat.nextNumber();
        hasQuota = count > 0;
        if (hasQuota) {
          periods.set(count);
        }
      } else if (hasQuota && stat.is("nr_throttled")) {
        throttledPeriods.set(stat.nextNumber());
      } else if (hasQuota && stat.is("throttled_usec")) {
        throttled.set(stat.nextNumber() / MICROSECONDS);
      }
    }
  }
}
