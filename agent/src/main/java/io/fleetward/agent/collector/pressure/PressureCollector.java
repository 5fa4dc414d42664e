package io.fleetward.agent.collector.pressure;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.List;

/// `node_pressure_{cpu,io,memory}_waiting_seconds_total` and
/// `node_pressure_{io,memory,irq}_stalled_seconds_total`; nothing where the kernel has no PSI.
public final class PressureCollector implements Collector {
  private static final double MICROSECONDS_PER_SECOND = 1e6;

  /// @param some where the line `some` goes
  /// @param full where the line `full` goes; the kernel keeps it at 0 for the CPU
  private record Resource(ProcFile file, List<Slot> some, List<Slot> full) {}

  private final List<Resource> resources;

  public PressureCollector(HostPaths paths, SeriesTable table) {
    this.resources =
        List.of(
            resource(paths, "cpu", waiting(table, "cpu"), List.of()),
            resource(paths, "io", waiting(table, "io"), stalled(table, "io")),
            resource(paths, "memory", waiting(table, "memory"), stalled(table, "memory")),
            resource(paths, "irq", List.of(), stalled(table, "irq")));
  }

  private static List<Slot> waiting(SeriesTable table, String resource) {
    return List.of(table.slot("node_pressure_" + resource + "_waiting_seconds_total"));
  }

  private static List<Slot> stalled(SeriesTable table, String resource) {
    return List.of(table.slot("node_pressure_" + resource + "_stalled_seconds_total"));
  }

  private static Resource resource(HostPaths paths, String name, List<Slot> some, List<Slot> full) {
    return new Resource(new ProcFile(paths.proc("pressure/" + name)), some, full);
  }

  @Override
  public String name() {
    return "pressure";
  }

  @Override
  public void collect() throws IOException {
    for (int i = 0; i < resources.size(); i++) {
      collect(resources.get(i));
    }
  }

  private static void collect(Resource resource) throws IOException {
    // an older kernel has no such resource, or no PSI at all
    Fields fields = resource.file().readIfThere();
    while (fields.nextLine()) {
      if (fields.nextField()) {
        List<Slot> slots =
            fields.is("some") ? resource.some() : fields.is("full") ? resource.full() : List.of();
        double seconds = total(fields) / MICROSECONDS_PER_SECOND;
        for (int i = 0; i < slots.size(); i++) {
          slots.get(i).set(seconds);
        }
      }
    }
  }

  private static double total(Fields fields) throws IOException {
    while (fields.nextField((byte) '=')) {
      if (fields.is("total")) {
        return fields.nextNumber();
      }
    }
    throw fields.malformed("has no total");
  }
}
