package io.fleetward.agent.collector.cpu;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_cpu_seconds_total{cpu,mode}`, `node_cpu_guest_seconds_total{cpu,mode}` and, where the
/// processor tells, `node_cpu_core_throttles_total{package,core}` and
/// `node_cpu_package_throttles_total{package}`.
public final class CpuCollector implements Collector {
  private static final double TICKS_PER_SECOND = 100;

  /// Counters may run back a little (the kernel estimates idle and iowait); more is a CPU that was
  /// taken out and put back.
  private static final double HOTPLUG_SECONDS = 3;

  private static final String[] MODES = {
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
  };
  private static final String[] GUEST_MODES = {"user", "nice"};

  private final ProcFile stat;
  private final Keyed<Slot[]> cpus;
  private final Throttles throttles;

  public CpuCollector(HostPaths paths, SeriesTable table) {
    this.stat = new ProcFile(paths.proc("stat"));
    this.throttles = new Throttles(paths, table);
    this.cpus = new Keyed<>(name -> slots(table, name.substring("cpu".length())));
  }

  private static Slot[] slots(SeriesTable table, String cpu) {
    Slot[] slots = new Slot[MODES.length + GUEST_MODES.length];
    for (int i = 0; i < MODES.length; i++) {
      slots[i] = table.slot("node_cpu_seconds_total", "cpu", cpu, "mode", MODES[i]);
    }
    for (int i = 0; i < GUEST_MODES.length; i++) {
      slots[MODES.length + i] =
          table.slot("node_cpu_guest_seconds_total", "cpu", cpu, "mode", GUEST_MODES[i]);
    }
    return slots;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = stat.read();
    boolean found = false;
    while (fields.nextLine() && fields.nextField() && fields.startsWith("cpu")) {
      if (!fields.is("cpu")) {
        Slot[] slots = cpus.get(fields);
        for (int i = 0; i < slots.length && fields.nextField(); i++) {
          set(slots[i], fields.number() / TICKS_PER_SECOND);
        }
        found = true;
      }
    }
    cpus.forgetUnseen();
    throttles.collect();
    if (!found) {
      throw fields.malformed("lists no CPU");
    }
  }

  private static void set(Slot slot, double seconds) {
    boolean ranBack = seconds < slot.value() && slot.value() - seconds < HOTPLUG_SECONDS;
    slot.set(ranBack ? slot.value() : seconds);
  }
}
