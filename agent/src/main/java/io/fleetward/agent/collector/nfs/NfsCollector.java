package io.fleetward.agent.collector.nfs;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.util.List;

/// `node_nfs_requests_total{proto,method}`, `node_nfs_rpcs_total`,
/// `node_nfs_rpc_retransmissions_total` and the like; nothing on a host that mounts no NFS.
public final class NfsCollector implements Collector {
  private final ProcFile file;
  private final RpcLines lines;

  public NfsCollector(HostPaths paths, SeriesTable table) {
    this.file = new ProcFile(paths.proc("net/rpc/nfs"));
    this.lines =
        new RpcLines(
            List.of(
                new RpcLines.Line(
                    "net",
                    1,
                    List.of(
                        table.slot("node_nfs_packets_total", "protocol", "udp"),
                        table.slot("node_nfs_packets_total", "protocol", "tcp"),
                        table.slot("node_nfs_connections_total"))),
                new RpcLines.Line(
                    "rpc",
                    0,
                    List.of(
                        table.slot("node_nfs_rpcs_total"),
                        table.slot("node_nfs_rpc_retransmissions_total"),
                        table.slot("node_nfs_rpc_authentication_refreshes_total"))),
                RpcLines.procedures(table, "node_nfs", "proc2", "2", 1, Procedures.VERSION_2),
                RpcLines.procedures(table, "node_nfs", "proc3", "3", 1, Procedures.VERSION_3),
                RpcLines.procedures(
                    table, "node_nfs", "proc4", "4", 1, Procedures.VERSION_4_CLIENT)));
  }

  @Override
  public String name() {
    return "nfs";
  }

  @Override
  public void collect() throws IOException {
    lines.collect(file.readIfThere());
  }
}
