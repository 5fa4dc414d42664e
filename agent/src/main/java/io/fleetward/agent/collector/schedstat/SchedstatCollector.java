package io.fleetward.agent.collector.schedstat;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_schedstat_running_seconds_total{cpu}`, `node_schedstat_waiting_seconds_total` and
/// `node_schedstat_timeslices_total`; nothing where the kernel was built without.
public final class SchedstatCollector implements Collector {
  private static final double NANOSECONDS = 1e9;
  private static final int COLUMNS_BEFORE_RUNNING = 6;

  private record Cpu(Slot running, Slot waiting, Slot timeslices) {}

  private final ProcFile schedstat;
  private final Keyed<Cpu> cpus;

  public SchedstatCollector(HostPaths paths, SeriesTable table) {
    this.schedstat = new ProcFile(paths.proc("schedstat"));
    this.cpus = new Keyed<>(name -> cpu(table, name.substring("cpu".length())));
  }

  private static Cpu cpu(SeriesTable table, String cpu) {
    return new Cpu(
        table.slot("node_schedstat_running_seconds_total", "cpu", cpu),
        table.slot("node_schedstat_waiting_seconds_total", "cpu", cpu),
        table.slot("node_schedstat_timeslices_total", "cpu", cpu));
  }

  @Override
  public String name() {
    return "schedstat";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = schedstat.readIfThere();
    while (fields.nextLine()) {
      if (fields.nextField() && fields.startsWith("cpu")) {
        Cpu cpu = cpus.get(fields);
        fields.skip(COLUMNS_BEFORE_RUNNING);
        cpu.running().set(fields.nextNumber() / NANOSECONDS);
        cpu.waiting().set(fields.nextNumber() / NANOSECONDS);
        cpu.timeslices().set(fields.nextNumber());
      }
    }
    cpus.forgetUnseen();
  }
}
