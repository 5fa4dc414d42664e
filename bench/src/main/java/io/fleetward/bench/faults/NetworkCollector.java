package io.fleetward.bench.faults;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Open files, sockets, threads and the network stack's counters, named as node_exporter names
/// them. Confined to one thread.
final class NetworkCollector implements Collector {
  private static final int MOST_BYTES = 1 << 16;

  private final Path procfs;
  private final SeriesTable table;
  private final Map<String, Slot> slots = new HashMap<>();

  NetworkCollector(Path procfs, SeriesTable table) {
    this.procfs = procfs;
    this.table = table;
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public void collect() throws IOException {
    String[] files = read("sys/fs/file-nr").strip().split("\\s+", -1);
    set("node_filefd_allocated", files[0]);
    set("node_filefd_maximum", files[2]);
    String[] load = read("loadavg").split("\\s+", -1);
    set("node_processes_threads", load[3].substring(load[3].indexOf('/') + 1));
    for (String line : read("net/sockstat").lines().toList()) {
      String[] fields = line.split("\\s+", -1);
      String protocol = fields[0].substring(0, fields[0].length() - 1);
      for (int i = 1; i + 1 < fields.length; i += 2) {
        set("node_sockstat_" + protocol + "_" + fields[i], fields[i + 1]);
      }
    }
    collectPairs(read("net/snmp").lines().toList());
    collectPairs(read("net/netstat").lines().toList());
  }

  /// Reads a file at once: the kernel gives what lies below `/proc/sys` to the first read alone.
  private String read(String file) throws IOException {
    try (InputStream in = Files.newInputStream(procfs.resolve(file))) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  /// Lines come in pairs: names, then values.
  private void collectPairs(List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String[] names = lines.get(i).split("\\s+", -1);
      String[] values = lines.get(i + 1).split("\\s+", -1);
      String protocol = names[0].substring(0, names[0].length() - 1);
      for (int field = 1; field < names.length && field < values.length; field++) {
        set("node_netstat_" + protocol + "_" + names[field], values[field]);
      }
    }
  }

  private void set(String name, String value) {
    slots.computeIfAbsent(name, series -> table.slot(series)).set(Double.parseDouble(value));
  }
}
