package io.fleetward.bench;

import com.sun.management.OperatingSystemMXBean;
import io.fleetward.bench.PrometheusRules.Rival;
import io.fleetward.bench.RuleLoading.Cost;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What rules cost for each host, and what Debian's Prometheus needs for the same.
final class RulesBenchmark implements Benchmark {
  static final Goal COST = Goal.atMost("41 rules of node-mixin", 400, "µs/host and round");
  static final Goal STATE = Goal.atMost("state for them", 130, "kB/host");
  static final Goal LOADING = Goal.atMost("loading 1,000 rules", 1, "s of CPU");
  static final Goal FEATURES = Goal.atMost("the host pack's features", 20, "µs/host and tick");
  static final Goal RIVAL = Goal.atLeast("Prometheus takes", 1, "times as much CPU");

  private static final long SEED = 20_261_201;
  private static final int ILL_EVERY = 10;
  private static final int WARM_UP_ROUNDS = 30;
  private static final double STRETCH_MICROS = 100;
  private static final String CPU_SECONDS = "s of CPU";
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
      loading(mixin.get(), effort, goals, figures);
      double micros = ours("", List.of(mixin.get()), effort, goals, figures);
      unlike(mixin.get(), effort, figures);
      beside(mixin.get(), effort, micros, goals, figures);
    } else {
      for (Goal goal : List.of(LOADING, COST, STATE, RIVAL)) {
        goals.add(new GoalResult.NotMeasured(goal, data.absence()));
      }
    }
    if (data.hostPack().isEmpty()) {
      goals.add(new GoalResult.NotMeasured(FEATURES, "the host pack is not there"));
    } else {
      ours("host pack: ", data.hostPack(), effort, new ArrayList<>(), figures);
      double micros = ours("features: ", data.features(), effort, new ArrayList<>(), figures);
      goals.add(FEATURES.judge(micros));
    }
    return new Measurement(goals, figures);
  }

  /// Hosts of which each tenth has alerts.
  static List<NodeExporterHost> hosts(int count) {
    return hosts(count, _ -> "");
  }

  private static List<NodeExporterHost> hosts(int count, IntFunction<String> mark) {
    return IntStream.range(0, count)
        .mapToObj(number ->
            new NodeExporterHost(
                "compute-%04d.example.net:9100".formatted(number),
                SEED + number,
                number % ILL_EVERY == ILL_EVERY - 1,
                mark.apply(number)))
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

    Fleet fleet = Fleet.measure(plan, hosts(count(effort)), rounds);
    RuleRounds.Cost first = fleet.first();
    RuleRounds.Cost cold = fleet.steady();

    goals.add(COST.judge(cold.nanos() / 1_000));
    goals.add(STATE.judge(fleet.kilobytes()));
    int rules = plan.rules().groups().stream().mapToInt(group -> group.rules().size()).sum();
    figures.addAll(
        List.of(
            new Figure(prefix + "rules", rules, "rules"),
            new Figure(prefix + "hosts", fleet.size(), "hosts"),
            new Figure(prefix + "one host again and again", warm.nanos() / 1_000, MICROS),
            new Figure(prefix + "that quiet host allocates", warm.bytes(), "bytes/round"),
            new Figure(prefix + "all hosts in turn", cold.nanos() / 1_000, MICROS),
            new Figure(prefix + "the slowest round", cold.slowest() / 1_000, MICROS),
            new Figure(prefix + "all hosts allocate", cold.bytes(), "bytes/host and round"),
            new Figure(
                prefix + "times the stretch of 100 µs",
                cold.nanos() / 1_000 / STRETCH_MICROS,
                "times"),
            new Figure(prefix + "first round of a host", first.nanos() / 1_000, "µs/host"),
            new Figure(prefix + "taking in a sample", cold.appendNanos(), "ns/sample"),
            new Figure(prefix + "state", fleet.kilobytes(), "kB/host"),
            new Figure(prefix + "recorded", cold.recorded(), "samples/host and round"),
            new Figure(prefix + "firing", cold.firing(), "alerts/host"),
            new Figure(prefix + "failing", cold.failures(), "rules/host")));
    return cold.nanos() / 1_000;
  }

  /// The same for hosts whose devices are named differently on each, so that they share less.
  private static void unlike(Path mixin, Effort effort, List<Figure> figures) {
    RulePlan plan = RulePlan.of(RuleFiles.load(List.of(mixin)));
    Fleet fleet = Fleet.measure(plan, hosts(count(effort), number -> "x" + number), WARM_UP_ROUNDS);
    figures.addAll(
        List.of(
            new Figure("unlike hosts in turn", fleet.steady().nanos() / 1_000, MICROS),
            new Figure("unlike hosts, state", fleet.kilobytes(), "kB/host")));
  }

  /// What hosts cost and keep.
  ///
  /// @param kilobytes of the heap for each host, after several rounds: what is in use after garbage
  ///   is collected, less what was in use before the hosts were made; what hosts share is included
  private record Fleet(int size, RuleRounds.Cost first, RuleRounds.Cost steady, double kilobytes) {
    static Fleet measure(RulePlan plan, List<NodeExporterHost> hosts, int rounds) {
      long before = usedHeap();
      RuleRounds all = new RuleRounds(plan, hosts);
      RuleRounds.Cost first = all.run(1);
      all.run(WARM_UP_ROUNDS);
      RuleRounds.Cost steady = all.run(rounds);
      return new Fleet(all.size(), first, steady, (usedHeap() - before) / 1_000.0 / all.size());
    }
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

  /// Loads the rules 25 times over: 1,025 rules in 25 files. The median of cold processes with the
  /// service's options is judged.
  private void loading(Path mixin, Effort effort, List<GoalResult> goals, List<Figure> figures) {
    try {
      Path folder = Files.createTempDirectory("fleetward-bench-rules");
      try {
        List<Path> files = copies(mixin, folder);
        int times = effort == Effort.QUICK ? 3 : 9;
        RuleLoading loading = new RuleLoading(data.home());
        List<Cost> service = loading.measure(files, "service", times);
        List<Cost> command = loading.measure(files, "cli", times);
        Cost median = service.get(times / 2);
        String rules = "loading %,d rules".formatted(median.rules());
        goals.add(LOADING.judge(median.loading()));
        figures.addAll(
            List.of(
                new Figure(rules + ", cold", median.loading(), CPU_SECONDS),
                new Figure("the slowest of %d".formatted(times), last(service), CPU_SECONDS),
                new Figure("starting Java before that", median.starting(), CPU_SECONDS),
                new Figure(
                    "as \"rules check\" loads them", command.get(times / 2).loading(), CPU_SECONDS),
                new Figure(rules + ", warm", warm(files), CPU_SECONDS)));
      } finally {
        TemporaryFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("copies of the rules cannot be written", e);
    }
  }

  private static double last(List<Cost> costs) {
    return costs.getLast().loading();
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

  /// Seconds of this process's processor time for loading files once more, after several times.
  private static double warm(List<Path> files) {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = 0;
    for (int time = 0; time < 6; time++) {
      before = process.getProcessCpuTime();
      RulePlan.of(RuleFiles.load(files));
    }
    return (process.getProcessCpuTime() - before) / 1e9;
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
