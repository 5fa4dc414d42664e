package io.fleetward.agent.collector.loadavg;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;

/// `node_load1`, `node_load5`, `node_load15`.
public final class LoadavgCollector implements Collector {
  private final ProcFile loadavg;
  private final List<Slot> loads;

  public LoadavgCollector(HostPaths paths, SeriesTable table) {
    this.loadavg = new ProcFile(paths.proc("loadavg"));
    this.loads =
        List.of(table.slot("node_load1"), table.slot("node_load5"), table.slot("node_load15"));
  }

  @Override
  public String name() {
    return "loadavg";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = loadavg.read();
    boolean isThere = fields.nextLine();
    for (int i = 0; i < loads.size(); i++) {
      if (!isThere || !fields.nextField()) {
        throw fields.malformed("ends before the three loads");
      }
      loads.get(i).set(fields.decimal());
    }
  }
}
