package io.fleetward.agent.collector.conntrack;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// `node_nf_conntrack_entries`, `node_nf_conntrack_entries_limit` and `node_nf_conntrack_stat_*`,
/// the latter summed over CPUs; nothing where the kernel tracks no connections.
public final class ConntrackCollector implements Collector {
  /// The order of columns of a kernel; `ignore` and `search_restart` are 0 in later ones.
  private static final List<String> COLUMNS =
      List.of(
          "entries",
          "searched",
          "found",
          "new",
          "invalid",
          "ignore",
          "delete",
          "delete_list",
          "insert",
          "insert_failed",
          "drop",
          "early_drop",
          "icmp_error",
          "expect_new",
          "expect_create",
          "expect_delete",
          "search_restart");

  private static final List<String> TOLD =
      List.of(
          "found",
          "invalid",
          "ignore",
          "insert",
          "insert_failed",
          "drop",
          "early_drop",
          "search_restart");

  private final ProcFile count;
  private final ProcFile limit;
  private final ProcFile stat;
  private final Slot entries;
  private final Slot entriesLimit;
  private final int[] columns;
  private final Slot[] slots;
  private final long[] sums;

  public ConntrackCollector(HostPaths paths, SeriesTable table) {
    this.count = new ProcFile(paths.proc("sys/net/netfilter/nf_conntrack_count"));
    this.limit = new ProcFile(paths.proc("sys/net/netfilter/nf_conntrack_max"));
    this.stat = new ProcFile(paths.proc("net/stat/nf_conntrack"));
    this.entries = table.slot("node_nf_conntrack_entries");
    this.entriesLimit = table.slot("node_nf_conntrack_entries_limit");
    this.columns = TOLD.stream().mapToInt(COLUMNS::indexOf).sorted().toArray();
    this.slots =
        Arrays.stream(columns)
            .mapToObj(column -> table.slot("node_nf_conntrack_stat_" + COLUMNS.get(column)))
            .toArray(Slot[]::new);
    this.sums = new long[columns.length];
  }

  @Override
  public String name() {
    return "conntrack";
  }

  @Override
  public void collect() throws IOException {
    tell(count, entries);
    tell(limit, entriesLimit);
    Fields fields = stat.readIfThere();
    if (!fields.nextLine()) {
      return;
    }
    Arrays.fill(sums, 0);
    while (fields.nextLine()) {
      int at = -1;
      for (int i = 0; i < columns.length; i++) {
        fields.skip(columns[i] - at);
        sums[i] += fields.hexadecimal();
        at = columns[i];
      }
    }
    for (int i = 0; i < slots.length; i++) {
      slots[i].set(sums[i]);
    }
  }

  private static void tell(ProcFile file, Slot slot) throws IOException {
    Fields fields = file.readIfThere();
    if (fields.nextLine()) {
      slot.set(fields.nextNumber());
    }
  }
}
