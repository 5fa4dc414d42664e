package io.fleetward.agent.collector.nfs;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.util.List;

/// `node_nfsd_requests_total{proto,method}`, `node_nfsd_server_threads`,
/// `node_nfsd_rpc_errors_total{error}` and the like; nothing on a host that serves no NFS.
public final class NfsdCollector implements Collector {
  private final ProcFile file;
  private final RpcLines lines;

  public NfsdCollector(HostPaths paths, SeriesTable table) {
    this.file = new ProcFile(paths.proc("net/rpc/nfsd"));
    this.lines =
        new RpcLines(
            List.of(
                new RpcLines.Line(
                    "rc",
                    0,
                    List.of(
                        table.slot("node_nfsd_reply_cache_hits_total"),
                        table.slot("node_nfsd_reply_cache_misses_total"),
                        table.slot("node_nfsd_reply_cache_nocache_total"))),
                new RpcLines.Line(
                    "fh", 0, List.of(table.slot("node_nfsd_file_handles_stale_total"))),
                new RpcLines.Line(
                    "io",
                    0,
                    List.of(
                        table.slot("node_nfsd_disk_bytes_read_total"),
                        table.slot("node_nfsd_disk_bytes_written_total"))),
                new RpcLines.Line("th", 0, List.of(table.slot("node_nfsd_server_threads"))),
                new RpcLines.Line(
                    "ra", 0, List.of(table.slot("node_nfsd_read_ahead_cache_size_blocks"))),
                new RpcLines.Line(
                    "ra", 11, List.of(table.slot("node_nfsd_read_ahead_cache_not_found_total"))),
                new RpcLines.Line(
                    "net",
                    1,
                    List.of(
                        table.slot("node_nfsd_packets_total", "proto", "udp"),
                        table.slot("node_nfsd_packets_total", "proto", "tcp"),
                        table.slot("node_nfsd_connections_total"))),
                new RpcLines.Line("rpc", 0, List.of(table.slot("node_nfsd_server_rpcs_total"))),
                new RpcLines.Line(
                    "rpc",
                    2,
                    List.of(
                        table.slot("node_nfsd_rpc_errors_total", "error", "fmt"),
                        table.slot("node_nfsd_rpc_errors_total", "error", "auth"),
                        table.slot("node_nfsd_rpc_errors_total", "error", "cInt"))),
                RpcLines.procedures(
                    table, "node_nfsd", "proc2", "2", 2, served(Procedures.VERSION_2)),
                RpcLines.procedures(
                    table, "node_nfsd", "proc3", "3", 2, served(Procedures.VERSION_3)),
                RpcLines.procedures(
                    table, "node_nfsd", "proc4ops", "4", 4, Procedures.VERSION_4_SERVER)));
  }

  /// The server does not tell calls that do nothing.
  private static List<String> served(List<String> procedures) {
    return procedures.subList(1, procedures.size());
  }

  @Override
  public String name() {
    return "nfsd";
  }

  @Override
  public void collect() throws IOException {
    lines.collect(file.readIfThere());
  }
}
