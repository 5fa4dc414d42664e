package io.fleetward.agent.collector.uname;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.SystemName;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;

/// `node_uname_info{sysname,nodename,release,version,machine,domainname}`.
public final class UnameCollector implements Collector {
  private final SystemName systemName = new SystemName();
  private final InfoSeries info;

  public UnameCollector(SeriesTable table) {
    this.info =
        new InfoSeries(
            table, "node_uname_info", new String[0], SystemName.LINES.toArray(String[]::new));
  }

  @Override
  public String name() {
    return "uname";
  }

  @Override
  public void collect() throws IOException {
    Fields lines = systemName.read();
    info.begin();
    while (lines.nextLine()) {
      info.text(lines.rest());
    }
    info.tell();
  }
}
