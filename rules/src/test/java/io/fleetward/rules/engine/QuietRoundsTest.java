package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A steady round of rules that stay quiet allocates a little for each group, and nothing for each
/// series or sample.
class QuietRoundsTest {
  private static final String RULES =
      """
      groups:
        - name: quiet
          rules:
            - record: busy
              expr: 1 - avg without (cpu) (rate(cpu_seconds_total{mode="idle"}[5m]))
            - record: each
              expr: rate(cpu_seconds_total[2m])
            - record: as_one
              expr: max by (instance) (cpu_seconds_total)
            - alert: Drifts
              expr: abs(deriv(cpu_seconds_total[5m])) > 50 and on (instance) busy > 2
              for: 5m
            - alert: FillsUp
              expr: predict_linear(free_bytes[2h], 3600) < 0 unless on (instance, cpu) free_bytes > 5
            - alert: Flaps
              expr: changes(free_bytes[10m]) > 1000 or quantile_over_time(0.9, free_bytes[5m]) < 0
            - alert: Strange
              expr: stddev_over_time(free_bytes[5m]) > 1e9 or max_over_time(free_bytes[1h]) < 0
            - alert: Unequal
              expr: cpu_seconds_total != on (instance, cpu, mode) group_left () cpu_seconds_total
      """;
  private static final int ROUNDS = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static RuleSet rules() {
    Problems problems = new Problems();
    List<RuleGroup> groups = RuleFiles.parse("rules.yaml", RULES, problems);
    problems.throwIfAny();
    return RuleFiles.ruleSet(groups, "");
  }

  /// Bytes that a round of a host with so many processors allocates, in the middle of many rounds.
  private double bytes(int processors) {
    RuleSet rules = rules();
    HostRules host = new HostRules(rules, "web-1");
    RuleGroup group = rules.groups().getFirst();
    Labels[] series = new Labels[2 * processors];
    for (int i = 0; i < processors; i++) {
      Labels cpu = Labels.of("instance", "web-1", "cpu", "" + i, "mode", "idle");
      series[2 * i] = cpu.with(Labels.METRIC_NAME, "cpu_seconds_total");
      series[2 * i + 1] = cpu.with(Labels.METRIC_NAME, "free_bytes");
    }
    for (long step = 0; step < 600; step++) {
      append(host, series, step);
    }
    long bytes = 0;
    for (long step = 600; step < 600 + 2 * ROUNDS; step++) {
      append(host, series, step);
      long before = threads.getCurrentThreadAllocatedBytes();
      RoundResult result = host.evaluate(group, step * 15_000);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(result.failures()).isEmpty();
      assertThat(result.firing()).isEmpty();
      assertThat(result.recorded()).isEqualTo(processors + 2);
      bytes += step < 600 + ROUNDS ? 0 : allocated;
    }
    return (double) bytes / ROUNDS;
  }

  private static void append(HostRules host, Labels[] series, long step) {
    for (int i = 0; i < series.length; i++) {
      host.append(host.slot(series[i]), step * 15_000, 1e12 + 14.9 * step + i);
    }
  }

  @Test
  void allocateNothingForEachSeriesOrSample() {
    bytes(1);
    double few = bytes(1);
    double many = bytes(64);

    assertThat(few).isLessThan(2_000);
    // what recorded series keep is theirs, and grows as they do
    assertThat(many - few).as("%.0f and %.0f bytes", few, many).isLessThan(64 * 40);
  }
}
