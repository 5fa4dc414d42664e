package io.fleetward.agent.collector.sockstat;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_sockstat_TCP_inuse`, `node_sockstat_sockets_used` and the like; memory, which the kernel
/// counts in pages, also in bytes.
public final class SockstatCollector implements Collector {
  private final ProcFile sockstat;
  private final ProcFile sockstat6;
  private final int pageSize;
  private final Keyed<Keyed<Measure>> protocols;

  private record Measure(boolean isInPages, Slot value, Slot bytes) {}

  /// @param pageSize bytes of a page of memory
  public SockstatCollector(HostPaths paths, SeriesTable table, int pageSize) {
    this.sockstat = new ProcFile(paths.proc("net/sockstat"));
    this.sockstat6 = new ProcFile(paths.proc("net/sockstat6"));
    this.pageSize = pageSize;
    this.protocols =
        new Keyed<>(protocol -> new Keyed<>(name -> measure(table, protocol + "_" + name)));
  }

  private static Measure measure(SeriesTable table, String name) {
    return new Measure(
        name.endsWith("_mem"),
        table.slot("node_sockstat_" + name),
        table.slot("node_sockstat_" + name + "_bytes"));
  }

  @Override
  public String name() {
    return "sockstat";
  }

  @Override
  public void collect() throws IOException {
    collect(sockstat.read());
    // absent where IPv6 is turned off
    collect(sockstat6.readIfThere());
    protocols.forgetUnseen();
  }

  private void collect(Fields fields) throws IOException {
    while (fields.nextLine() && fields.nextField((byte) ':')) {
      Keyed<Measure> measures = protocols.get(fields);
      while (fields.nextField()) {
        Measure measure = measures.get(fields);
        long value = fields.nextNumber();
        measure.value().set(value);
        if (measure.isInPages()) {
          measure.bytes().set((double) value * pageSize);
        }
      }
      measures.forgetUnseen();
    }
  }
}
