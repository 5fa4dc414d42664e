package io.fleetward.agent.collector.cpufreq;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;
import java.util.Optional;

/// `node_cpu_frequency_hertz{cpu}` and `node_cpu_scaling_frequency_hertz{cpu}`, each with its `min`
/// and `max`.
public final class CpufreqCollector implements Collector {
  private static final double KILOHERTZ = 1000;

  private record Property(String file, String metric) {}

  private static final List<Property> PROPERTIES =
      List.of(
          new Property("cpuinfo_cur_freq", "node_cpu_frequency_hertz"),
          new Property("cpuinfo_min_freq", "node_cpu_frequency_min_hertz"),
          new Property("cpuinfo_max_freq", "node_cpu_frequency_max_hertz"),
          new Property("scaling_cur_freq", "node_cpu_scaling_frequency_hertz"),
          new Property("scaling_min_freq", "node_cpu_scaling_frequency_min_hertz"),
          new Property("scaling_max_freq", "node_cpu_scaling_frequency_max_hertz"));

  private record Cpu(Folder cpufreq, List<Slot> slots) {}

  private final Folder folder;
  private final SeriesTable table;
  private final Keyed<Optional<Cpu>> cpus = new Keyed<>(this::cpu);

  public CpufreqCollector(HostPaths paths, SeriesTable table) {
    this.folder = Folder.at(paths.sys("devices/system/cpu"));
    this.table = table;
  }

  private Optional<Cpu> cpu(String name) {
    Folder cpufreq = folder.inside(name + "/cpufreq");
    if (!name.matches("cpu\\d+") || cpufreq.line("scaling_min_freq").length() == 0) {
      return Optional.empty();
    }
    String cpu = name.substring("cpu".length());
    return Optional.of(
        new Cpu(
            cpufreq,
            PROPERTIES.stream()
                .map(property -> table.slot(property.metric(), "cpu", cpu))
                .toList()));
  }

  @Override
  public String name() {
    return "cpufreq";
  }

  @Override
  public void collect() {
    Fields names = folder.folders();
    while (names.nextLine() && names.nextField()) {
      Optional<Cpu> cpu = cpus.get(names);
      if (cpu.isPresent()) {
        for (int i = 0; i < PROPERTIES.size(); i++) {
          double kilohertz = cpu.get().cpufreq().number(PROPERTIES.get(i).file());
          cpu.get().slots().get(i).setIfKnown(kilohertz * KILOHERTZ);
        }
      }
    }
    cpus.forgetUnseen();
  }
}
