package io.fleetward.agent.collector.softnet;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `node_softnet_processed_total{cpu}`, `node_softnet_dropped_total` and
/// `node_softnet_times_squeezed_total`.
public final class SoftnetCollector implements Collector {
  private static final int COLUMNS_BETWEEN_SQUEEZED_AND_CPU = 9;

  private record Cpu(Slot processed, Slot dropped, Slot timesSqueezed) {}

  private final ProcFile softnet;
  private final SeriesTable table;
  private final List<Cpu> cpus = new ArrayList<>();

  public SoftnetCollector(HostPaths paths, SeriesTable table) {
    this.softnet = new ProcFile(paths.proc("net/softnet_stat"));
    this.table = table;
  }

  @Override
  public String name() {
    return "softnet";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = softnet.read();
    for (int line = 0; fields.nextLine(); line++) {
      long processed = next(fields);
      long dropped = next(fields);
      long timesSqueezed = next(fields);
      Cpu cpu = cpu(number(fields, line));
      cpu.processed().set(processed);
      cpu.dropped().set(dropped);
      cpu.timesSqueezed().set(timesSqueezed);
    }
  }

  /// Kernels before 5.10 do not tell the CPU: there, lines are counted.
  private static int number(Fields fields, int line) throws IOException {
    for (int i = 0; i < COLUMNS_BETWEEN_SQUEEZED_AND_CPU; i++) {
      if (!fields.nextField()) {
        return line;
      }
    }
    return fields.nextField() ? (int) fields.hexadecimal() : line;
  }

  private static long next(Fields fields) throws IOException {
    fields.skip(1);
    return fields.hexadecimal();
  }

  private Cpu cpu(int number) {
    while (cpus.size() <= number) {
      String cpu = Integer.toString(cpus.size());
      cpus.add(
          new Cpu(
              table.slot("node_softnet_processed_total", "cpu", cpu),
              table.slot("node_softnet_dropped_total", "cpu", cpu),
              table.slot("node_softnet_times_squeezed_total", "cpu", cpu)));
    }
    return cpus.get(number);
  }
}
