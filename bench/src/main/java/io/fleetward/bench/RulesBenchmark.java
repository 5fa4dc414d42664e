package io.fleetward.bench;

import com.sun.management.OperatingSystemMXBean;
import io.fleetward.bench.PrometheusRules.Rival;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What rules cost for each host, and what Debian's Prometheus needs for the same.
final class RulesBenchmark implements Benchmark {
  static final Goal COST = Goal.atMost("41 rules of node-mixin", 400, "µs/host and round");
  static final Goal STATE = Goal.atMost("state for them", 130, "kB/host");
  static final Goal LOADING = Goal.atMost("loading 1,000 rules", 1, "s of CPU");
  static final Goal RIVAL = Goal.atLeast("Prometheus takes", 1, "times as much CPU");

  private static final long SEED = 20_261_201;
  private static final int ILL_EVERY = 10;
  private static final int WARM_UP_ROUNDS = 30;
  private static final double STRETCH_MICROS = 100;
  private static final String MICROS = "µs/host and round";

  private final RuleData data;

  RulesBenchmark(RuleData data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String description() {
    return "node-mixin's rules on hosts of 293 series, beside Debian's Prometheus where it is";
  }

  @Override
  public Benchmark withData(Path folder) {
    return new RulesBenchmark(data.in(folder));
  }

  @Override
  public Measurement run(Effort effort) {
    List<GoalResult> goals = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    Optional<Path> mixin = data.nodeMixin();
    if (mixin.isPresent()) {
      loading(mixin.get(), goals, figures);
      double micros = ours("", List.of(mixin.get()), effort, goals, figures);
      beside(mixin.get(), effort, micros, goals, figures);
    } else {
      for (Goal goal : List.of(LOADING, COST, STATE, RIVAL)) {
        goals.add(new GoalResult.NotMeasured(goal, data.absence()));
      }
    }
    if (!data.hostPack().isEmpty()) {
      ours("host pack: ", data.hostPack(), effort, new ArrayList<>(), figures);
    }
    return new Measurement(goals, figures);
  }

  /// Hosts of which each tenth has alerts.
  static List<NodeExporterHost> hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(number ->
            new NodeExporterHost(
                "compute-%04d.example.net:9100".formatted(number),
                SEED + number,
                number % ILL_EVERY == ILL_EVERY - 1))
        .toList();
  }

  private static int count(Effort effort) {
    return switch (effort) {
      case QUICK -> 100;
      case FULL -> 1_000;
    };
  }

  /// @return microseconds for each host and round
  private static double ours(
      String prefix,
      List<Path> files,
      Effort effort,
      List<GoalResult> goals,
      List<Figure> figures) {
    RulePlan plan = RulePlan.of(RuleFiles.load(files));
    int rounds = effort == Effort.QUICK ? 100 : 200;
    RuleRounds one = new RuleRounds(plan, hosts(1));
    one.run(20 * WARM_UP_ROUNDS);
    RuleRounds.Cost warm = one.run(rounds);

    List<NodeExporterHost> values = hosts(count(effort));
    long before = usedHeap();
    RuleRounds many = new RuleRounds(plan, values);
    RuleRounds.Cost first = many.run(1);
    many.run(WARM_UP_ROUNDS);
    RuleRounds.Cost cold = many.run(rounds);
    double kilobytes = (usedHeap() - before) / 1_000.0 / many.size();

    goals.add(COST.judge(cold.nanos() / 1_000));
    goals.add(STATE.judge(kilobytes));
    int rules = plan.rules().groups().stream().mapToInt(group -> group.rules().size()).sum();
    figures.addAll(
        List.of(
            new Figure(prefix + "rules", rules, "rules"),
            new Figure(prefix + "hosts", many.size(), "hosts"),
            new Figure(prefix + "one host again and again", warm.nanos() / 1_000, MICROS),
            new Figure(prefix + "that host allocates", warm.bytes(), "bytes/round"),
            new Figure(prefix + "all hosts in turn", cold.nanos() / 1_000, MICROS),
            new Figure(prefix + "the slowest round", cold.slowest() / 1_000, MICROS),
            new Figure(prefix + "all hosts allocate", cold.bytes(), "bytes/host and round"),
            new Figure(
                prefix + "times the stretch of 100 µs",
                cold.nanos() / 1_000 / STRETCH_MICROS,
                "times"),
            new Figure(prefix + "first round of a host", first.nanos() / 1_000, "µs/host"),
            new Figure(prefix + "taking in a sample", cold.appendNanos(), "ns/sample"),
            new Figure(prefix + "state", kilobytes, "kB/host"),
            new Figure(prefix + "recorded", cold.recorded(), "samples/host and round"),
            new Figure(prefix + "firing", cold.firing(), "alerts/host"),
            new Figure(prefix + "failing", cold.failures(), "rules/host")));
    return cold.nanos() / 1_000;
  }

  /// Bytes in use after all garbage is gone.
  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 4; attempt++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /// Loads the rules 25 times over: 1,025 rules in 25 files. The first time is judged, with all
  /// that the compiler and the collector do beside it.
  private static void loading(Path mixin, List<GoalResult> goals, List<Figure> figures) {
    try {
      Path folder = Files.createTempDirectory("fleetward-bench-rules");
      try {
        List<Path> files = copies(mixin, folder);
        double first = load(files);
        goals.add(LOADING.judge(first));
        figures.add(new Figure("loading 1,025 rules, first time", first, "s of CPU"));
        for (int again = 0; again < 4; again++) {
          load(files);
        }
        figures.add(new Figure("loading 1,025 rules, sixth time", load(files), "s of CPU"));
      } finally {
        TemporaryFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("copies of the rules cannot be written", e);
    }
  }

  private static List<Path> copies(Path mixin, Path folder) throws IOException {
    String text = Files.readString(mixin);
    List<Path> files = new ArrayList<>();
    for (int copy = 0; copy < 25; copy++) {
      String renamed = text.replace("- name: ", "- name: copy-%d-".formatted(copy));
      files.add(Files.writeString(folder.resolve("rules-%d.yml".formatted(copy)), renamed));
    }
    return files;
  }

  /// @return seconds of this process's CPU
  private static double load(List<Path> files) {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = process.getProcessCpuTime();
    RuleSet rules = RuleFiles.load(files);
    RulePlan plan = RulePlan.of(rules);
    double seconds = (process.getProcessCpuTime() - before) / 1e9;
    long loaded = plan.rules().groups().stream().mapToLong(group -> group.rules().size()).sum();
    if (loaded < 1_000) {
      throw new IllegalStateException("only %d rules were loaded".formatted(loaded));
    }
    return seconds;
  }

  private static void beside(
      Path mixin, Effort effort, double micros, List<GoalResult> goals, List<Figure> figures) {
    switch (new PrometheusRules(mixin, hosts(100), effort).measure()) {
      case Rival.Absent(String reason) -> goals.add(new GoalResult.NotMeasured(RIVAL, reason));
      case Rival.Measured(double theirs, List<Figure> details) -> {
        goals.add(RIVAL.judge(theirs / micros));
        figures.addAll(
            Stream.concat(
                    Stream.of(
                        new Figure("Prometheus: 100 hosts in turn", theirs, MICROS),
                        new Figure("Prometheus: times ours", theirs / micros, "times")),
                    details.stream())
                .toList());
      }
    }
  }
}
