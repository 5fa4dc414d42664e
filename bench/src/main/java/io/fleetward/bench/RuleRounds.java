package io.fleetward.bench;

import com.sun.management.ThreadMXBean;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.RuleGroup;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Many hosts under one rule set, whose rules are evaluated round by round. Confined to one thread.
final class RuleRounds {
  private static final long HISTORY_STEPS = 6 * 60 * 4;
  private static final long RECENT_STEPS = 11 * 4;
  private static final long START = 1_790_000_000_000L / 15_000 * 15_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final RulePlan plan;
  private final List<Evaluated> hosts = new ArrayList<>();
  private long step;

  @SuppressWarnings("ArrayRecordComponent") // stays here, never compared
  private record Evaluated(NodeExporterHost values, HostRules rules, int[] slots) {}

  /// What rounds took, for each host and round.
  ///
  /// @param nanos of processor time, the median round
  /// @param slowest the slowest round's
  /// @param bytes allocated, the median round
  /// @param appendNanos of processor time for taking in one sample
  /// @param recorded samples that recording rules yielded
  /// @param firing alerts
  /// @param failures rules that could not be evaluated
  record Cost(
      double nanos,
      double slowest,
      double bytes,
      double appendNanos,
      double recorded,
      double firing,
      double failures) {}

  RuleRounds(RulePlan plan, List<NodeExporterHost> values) {
    this.plan = plan;
    for (NodeExporterHost host : values) {
      hosts.add(filled(host));
    }
    step = HISTORY_STEPS;
  }

  /// A host with 6 h of the series on which rules look far back, and 11 minutes of all others.
  private Evaluated filled(NodeExporterHost values) {
    HostRules rules = new HostRules(plan, values.instance());
    int[] slots = new int[NodeExporterHost.SERIES];
    Arrays.setAll(slots, series -> rules.slot(values.labels(series)));
    Evaluated host = new Evaluated(values, rules, slots);
    for (long past = 0; past < HISTORY_STEPS; past++) {
      append(host, past, past < HISTORY_STEPS - RECENT_STEPS);
    }
    return host;
  }

  private static void append(Evaluated host, long step, boolean onlyLong) {
    long time = START + step * NodeExporterHost.INTERVAL_MILLIS;
    for (int series = 0; series < NodeExporterHost.SERIES; series++) {
      if (!onlyLong || host.values().isLong(series)) {
        host.rules().append(host.slots()[series], time, host.values().value(series, step));
      }
    }
  }

  /// The steps of a host's history that are filled in before the first round.
  static long historySteps() {
    return HISTORY_STEPS;
  }

  /// The last of those steps that come with all series.
  static long recentSteps() {
    return RECENT_STEPS;
  }

  /// Takes in a scrape of each host, then evaluates all rules of each host, as often as asked.
  Cost run(int rounds) {
    double[] nanos = new double[rounds];
    double[] bytes = new double[rounds];
    long appendNanos = 0;
    long recorded = 0;
    long firing = 0;
    long failures = 0;
    for (int round = 0; round < rounds; round++) {
      long before = threads.getCurrentThreadCpuTime();
      for (Evaluated host : hosts) {
        append(host, step, false);
      }
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      appendNanos += start - before;
      for (Evaluated host : hosts) {
        for (RuleGroup group : plan.rules().groups()) {
          RoundResult result =
              host.rules().evaluate(group, START + step * NodeExporterHost.INTERVAL_MILLIS);
          recorded += result.recorded();
          firing += result.firing().size();
          failures += result.failures().size();
        }
      }
      nanos[round] = (double) (threads.getCurrentThreadCpuTime() - start) / hosts.size();
      bytes[round] =
          (double) (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / hosts.size();
      step++;
    }
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    double hostRounds = (double) rounds * hosts.size();
    return new Cost(
        nanos[rounds / 2],
        nanos[rounds - 1],
        bytes[rounds / 2],
        appendNanos / hostRounds / NodeExporterHost.SERIES,
        recorded / hostRounds,
        firing / hostRounds,
        failures / hostRounds);
  }

  int size() {
    return hosts.size();
  }
}
