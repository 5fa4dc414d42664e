package io.fleetward.agent.collector.udpqueues;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_udp_queues{queue,ip}`.
public final class UdpQueuesCollector implements Collector {
  private static final int COLUMNS_BEFORE_QUEUES = 4;

  private final Family version4;
  private final Family version6;

  private record Family(ProcFile sockets, Slot transmit, Slot receive) {
    static Family of(ProcFile sockets, SeriesTable table, String ip) {
      return new Family(
          sockets,
          table.slot("node_udp_queues", "queue", "tx", "ip", ip),
          table.slot("node_udp_queues", "queue", "rx", "ip", ip));
    }

    void collect() throws IOException {
      Fields fields = sockets.readIfThere();
      if (!fields.nextLine()) {
        return;
      }
      long transmitBytes = 0;
      long receiveBytes = 0;
      while (fields.nextLine()) {
        fields.skip(COLUMNS_BEFORE_QUEUES);
        if (!fields.nextField((byte) ':')) {
          throw fields.malformed("ends before the queues");
        }
        transmitBytes += fields.hexadecimal();
        fields.skip(1);
        receiveBytes += fields.hexadecimal();
      }
      transmit.set(transmitBytes);
      receive.set(receiveBytes);
    }
  }

  public UdpQueuesCollector(HostPaths paths, SeriesTable table) {
    this.version4 = Family.of(new ProcFile(paths.proc("net/udp")), table, "v4");
    this.version6 = Family.of(new ProcFile(paths.proc("net/udp6")), table, "v6");
  }

  @Override
  public String name() {
    return "udp_queues";
  }

  @Override
  public void collect() throws IOException {
    version4.collect();
    version6.collect();
  }
}
