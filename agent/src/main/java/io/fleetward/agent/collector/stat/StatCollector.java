package io.fleetward.agent.collector.stat;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;

/// `node_boot_time_seconds`, `node_context_switches_total`, `node_intr_total`, `node_forks_total`,
/// `node_procs_running`, `node_procs_blocked`.
public final class StatCollector implements Collector {
  private record Line(String key, Slot slot) {}

  private final ProcFile stat;
  private final List<Line> lines;

  public StatCollector(HostPaths paths, SeriesTable table) {
    this.stat = new ProcFile(paths.proc("stat"));
    this.lines =
        List.of(
            new Line("intr", table.slot("node_intr_total")),
            new Line("ctxt", table.slot("node_context_switches_total")),
            new Line("btime", table.slot("node_boot_time_seconds")),
            new Line("processes", table.slot("node_forks_total")),
            new Line("procs_running", table.slot("node_procs_running")),
            new Line("procs_blocked", table.slot("node_procs_blocked")));
  }

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = stat.read();
    boolean found = false;
    while (fields.nextLine()) {
      if (fields.nextField()) {
        for (int i = 0; i < lines.size(); i++) {
          if (fields.is(lines.get(i).key())) {
            lines.get(i).slot().set((double) fields.nextNumber());
            found = true;
            break;
          }
        }
      }
    }
    if (!found) {
      throw fields.malformed("has none of the lines intr, ctxt, btime, processes");
    }
  }
}
