package io.fleetward.agent.collector.netstat;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `node_netstat_Tcp_CurrEstab`, `node_netstat_TcpExt_ListenDrops` and the other fields that
/// node_exporter takes by default.
public final class NetstatCollector implements Collector {
  private static final Pattern WANTED =
      Pattern.compile(
          "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)"
              + "|Icmp6?_(InMsgs|OutMsgs)"
              + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
              + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
              + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");

  /// A field of a line of values that is told.
  ///
  /// @param after how many fields it comes after the one before it
  private record Column(int after, Slot slot) {}

  private final ProcFile netstat;
  private final ProcFile snmp;
  private final ProcFile snmp6;
  private final Keyed<List<Column>> headers;
  private final Keyed<List<Slot>> fields6;

  public NetstatCollector(HostPaths paths, SeriesTable table) {
    this.netstat = new ProcFile(paths.proc("net/netstat"));
    this.snmp = new ProcFile(paths.proc("net/snmp"));
    this.snmp6 = new ProcFile(paths.proc("net/snmp6"));
    this.headers = new Keyed<>(header -> columns(table, header));
    this.fields6 = new Keyed<>(field -> wanted(table, field.replaceFirst("^([A-Za-z]*6)", "$1_")));
  }

  private static List<Column> columns(SeriesTable table, String header) {
    String[] names = header.split("[: ]+", -1);
    List<Column> columns = new ArrayList<>();
    int last = 0;
    for (int i = 1; i < names.length; i++) {
      for (Slot slot : wanted(table, names[0] + "_" + names[i])) {
        columns.add(new Column(i - last, slot));
        last = i;
      }
    }
    return List.copyOf(columns);
  }

  private static List<Slot> wanted(SeriesTable table, String name) {
    return WANTED.matcher(name).matches() ? List.of(table.slot("node_netstat_" + name)) : List.of();
  }

  @Override
  public String name() {
    return "netstat";
  }

  @Override
  public void collect() throws IOException {
    collectPairs(netstat.read());
    collectPairs(snmp.read());
    headers.forgetUnseen();
    // absent where IPv6 is turned off
    Fields fields = snmp6.readIfThere();
    while (fields.nextLine() && fields.nextField()) {
      List<Slot> slots = fields6.get(fields);
      if (!slots.isEmpty()) {
        slots.getFirst().set(fields.nextNumber());
      }
    }
    fields6.forgetUnseen();
  }

  /// Lines come in pairs: a protocol with names, the same protocol with values.
  private void collectPairs(Fields fields) throws IOException {
    while (fields.nextLine()) {
      List<Column> columns = headers.get(fields.rest());
      if (!fields.nextLine()) {
        throw fields.malformed("has names without values");
      }
      fields.skip(1);
      for (int i = 0; i < columns.size(); i++) {
        fields.skip(columns.get(i).after());
        columns.get(i).slot().set(fields.signed());
      }
    }
  }
}
