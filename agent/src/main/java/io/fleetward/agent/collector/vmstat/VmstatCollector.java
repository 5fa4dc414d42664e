package io.fleetward.agent.collector.vmstat;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// `node_vmstat_oom_kill`, `node_vmstat_pgpgin` and the other fields that node_exporter takes by
/// default.
public final class VmstatCollector implements Collector {
  private static final Pattern WANTED = Pattern.compile("^(oom_kill|pgpg|pswp|pg.*fault).*");

  private final ProcFile vmstat;
  private final Keyed<List<Slot>> fieldSlots;

  public VmstatCollector(HostPaths paths, SeriesTable table) {
    this.vmstat = new ProcFile(paths.proc("vmstat"));
    this.fieldSlots =
        new Keyed<>(field ->
            WANTED.matcher(field).matches()
                ? List.of(table.slot("node_vmstat_" + field))
                : List.of());
  }

  @Override
  public String name() {
    return "vmstat";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = vmstat.read();
    boolean found = false;
    while (fields.nextLine()) {
      if (fields.nextField()) {
        List<Slot> slots = fieldSlots.get(fields);
        if (!slots.isEmpty()) {
          slots.getFirst().set((double) fields.nextNumber());
          found = true;
        }
      }
    }
    fieldSlots.forgetUnseen();
    if (!found) {
      throw fields.malformed("has none of the fields wanted");
    }
  }
}
