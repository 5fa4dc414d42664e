package io.fleetward.bench;

import com.sun.management.ThreadMXBean;
import io.fleetward.agent.Collectors;
import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a running agent costs its host: with the broker there, with the broker away, and beside
/// node_exporter scraped at the same interval.
final class AgentBenchmark implements Benchmark {
  static final Goal CPU = Goal.atMost("CPU at 10 s", 4.4, "s/hour");
  static final Goal AWAY = Goal.atMost("CPU with the broker away", 1, "times that in service");
  static final Goal RESIDENT = Goal.atMost("resident memory", 90, "MB");
  static final Goal PRIVATE = Goal.atMost("private memory", 50, "MB");
  static final Goal START = Goal.atMost("CPU from start to first record", 1, "s");
  static final Goal ALLOCATION = Goal.atMost("collectors allocate", 8, "bytes/sample");

  private static final String PRODUCED =
      "fleetward_agent_records_produced_total{topic=\"fleetward.metrics.v1\"}";
  private static final String SPOOLED = "fleetward_agent_records_spooled_total";
  private static final int COLLECTIONS = 61;
  private static final double MEGABYTE = 1 << 20;

  /// How one run is timed.
  private record Timing(Duration interval, int warmUp, int scrapes, int parts) {
    static Timing of(Effort effort) {
      return switch (effort) {
        case QUICK -> new Timing(Duration.ofSeconds(1), 20, 10, 3);
        case FULL -> new Timing(Duration.ofSeconds(10), 10, 12, 5);
      };
    }

    double partMillis() {
      return (double) scrapes * interval.toMillis();
    }
  }

  /// What was used in a window.
  ///
  /// @param cpu of the agent, the median of all parts, in ms for each second
  /// @param exporterCpu of node_exporter; NaN if it is not there
  private record Window(double cpu, double exporterCpu, ProcessUse agent) {}

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String description() {
    return "CPU and memory of an agent beside a broker, without one, and beside node_exporter";
  }

  @Override
  public Measurement run(Effort effort) {
    Timing timing = Timing.of(effort);
    List<GoalResult> goals = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    try (AgentRig rig = new AgentRig(timing.interval());
        NodeExporter exporter = NodeExporter.isInstalled() ? NodeExporter.start() : null) {
      rig.await(PRODUCED, 1);
      double start = ProcessUse.of(rig.agent()).cpuMillis() / 1e3;
      rig.await(PRODUCED, timing.warmUp());
      Window there = measure(rig, timing, exporter);
      double samples = rig.metric("fleetward_agent_scrape_samples");
      rig.killBroker();
      rig.await(SPOOLED, 2);
      Window away = measure(rig, timing, exporter);

      double hours = there.cpu() * 3_600 / 1e3;
      goals.add(
          effort == Effort.FULL
              ? CPU.judge(hours)
              : new GoalResult.NotMeasured(CPU, "a run at 1 s does not tell; use --full"));
      goals.add(AWAY.judge(away.cpu() / there.cpu()));
      goals.add(RESIDENT.judge(there.agent().residentBytes() / MEGABYTE));
      goals.add(PRIVATE.judge(there.agent().privateBytes() / MEGABYTE));
      goals.add(START.judge(start));
      figures.add(new Figure("samples", samples, "a scrape"));
      double seconds = timing.interval().toMillis() / 1e3;
      figures.add(new Figure("CPU in service", there.cpu() * seconds, "ms/scrape"));
      figures.add(new Figure("CPU, broker away", away.cpu() * seconds, "ms/scrape"));
      figures.add(megabytes("resident, broker away", away.agent().residentBytes()));
      figures.add(megabytes("private, broker away", away.agent().privateBytes()));
      if (exporter != null) {
        ProcessUse other = ProcessUse.of(exporter.process());
        figures.add(new Figure("node_exporter: CPU", there.exporterCpu() * seconds, "ms/scrape"));
        figures.add(megabytes("node_exporter: resident", other.residentBytes()));
        figures.add(
            new Figure(
                "CPU in service", there.cpu() / there.exporterCpu(), "times node_exporter's"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    goals.add(ALLOCATION.judge(allocationPerSample(figures)));
    return new Measurement(goals, figures);
  }

  private static Figure megabytes(String name, double bytes) {
    return new Figure(name, bytes / MEGABYTE, "MB");
  }

  private static Window measure(AgentRig rig, Timing timing, @Nullable NodeExporter exporter)
      throws IOException, InterruptedException {
    double[] agent = new double[timing.parts()];
    double[] other = new double[timing.parts()];
    for (int part = 0; part < timing.parts(); part++) {
      double agentBefore = ProcessUse.of(rig.agent()).cpuMillis();
      double otherBefore = cpu(exporter);
      long next = System.nanoTime();
      for (int i = 0; i < timing.scrapes(); i++) {
        if (exporter != null) {
          exporter.scrape();
        }
        next += timing.interval().toNanos();
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
      double seconds = timing.partMillis() / 1e3;
      agent[part] = (ProcessUse.of(rig.agent()).cpuMillis() - agentBefore) / seconds;
      other[part] = (cpu(exporter) - otherBefore) / seconds;
    }
    Arrays.sort(agent);
    Arrays.sort(other);
    int middle = timing.parts() / 2;
    return new Window(agent[middle], other[middle], ProcessUse.of(rig.agent()));
  }

  private static double cpu(@Nullable NodeExporter exporter) throws IOException {
    return exporter == null ? Double.NaN : ProcessUse.of(exporter.process()).cpuMillis();
  }

  /// What all collectors of this host allocate in one collection once they run, the median, by the
  /// samples that they tell.
  private static double allocationPerSample(List<Figure> figures) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SeriesTable table = new SeriesTable("bench");
    List<Collector> collectors =
        Collectors.all(
            new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/")),
            table,
            "boot",
            List.of());
    long[] bytes = new long[COLLECTIONS];
    int samples = 0;
    for (int round = -COLLECTIONS; round < COLLECTIONS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      collectors.forEach(AgentBenchmark::collect);
      if (round >= 0) {
        bytes[round] = threads.getCurrentThreadAllocatedBytes() - before;
      }
      samples = table.take(round).size();
    }
    Arrays.sort(bytes);
    double median = bytes[COLLECTIONS / 2];
    figures.add(new Figure("collectors allocate", median, "bytes/scrape"));
    return median / samples;
  }

  private static void collect(Collector collector) {
    try {
      collector.collect();
    } catch (IOException _) {
      // this host hides something from us; an agent counts it
    }
  }
}
