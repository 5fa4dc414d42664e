package io.fleetward.agent.telemetry;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcFile;
import java.io.IOException;
import java.nio.file.Path;

/// What the agent's own process uses, under the names that Prometheus clients use everywhere.
public final class OwnProcess {
  private static final double TICKS_PER_SECOND = 100;
  private static final Path STAT = Path.of("/proc/self/stat");

  private OwnProcess() {}

  public static void register(AgentMetrics metrics) {
    metrics.counter(
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        OwnProcess::cpuSeconds);
    metrics.gauge(
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        OwnProcess::residentBytes);
  }

  private static double cpuSeconds() {
    try {
      Fields stat = stat();
      stat.skip(11);
      return (stat.nextNumber() + stat.nextNumber()) / TICKS_PER_SECOND;
    } catch (IOException _) {
      // not on a host without /proc
      return Double.NaN;
    }
  }

  private static double residentBytes() {
    try {
      Fields stat = stat();
      stat.skip(21);
      return (double) stat.nextNumber() * Kernel.pageSize();
    } catch (IOException _) {
      // not on a host without /proc
      return Double.NaN;
    }
  }

  private static Fields stat() throws IOException {
    Fields stat = new ProcFile(STAT).read();
    if (!stat.nextLine()) {
      throw stat.malformed("is empty");
    }
    stat.parenthesised();
    return stat;
  }
}
