package io.fleetward.bench.fleet;

import io.fleetward.bench.Figure;
import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;
import io.fleetward.bench.Numbers;
import io.fleetward.bench.ProcessUse;
import io.fleetward.bench.fleet.ServiceProcess.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a service does with a fleet of one size: it first catches up with records that wait for it,
/// then follows the fleet in real time.
final class FleetRun {
  static final double MEGABYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final int BIG = 10_000;

  private final int hosts;
  private final Plan plan;
  private final PrintWriter progress;
  private final List<GoalResult> goals = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /// How it is measured.
  ///
  /// @param warmUp scrapes of each host that are scored before it is measured
  /// @param backlog scrapes of each host that are measured
  /// @param live how long the fleet is followed
  /// @param heap of the service, as `-Xmx` has it
  /// @param profile where a flight recording goes
  record Plan(long warmUp, long backlog, Duration live, String heap, Optional<Path> profile) {}

  /// @param progress hears of each number as it is found
  FleetRun(int hosts, Plan plan, PrintWriter progress) {
    this.hosts = hosts;
    this.plan = plan;
    this.progress = progress;
  }

  /// Measures.
  ///
  /// @return cores that the service took for the fleet in real time
  double run(FleetRig rig, FleetFiles files) throws IOException, InterruptedException {
    FleetRecords records = new FleetRecords(20_261_123L);
    long history = plan.warmUp() + plan.backlog();
    try (FleetFeed feed = new FleetFeed(rig.address(), records, hosts, history)) {
      feed.sendHistory(history);
      double raw = raw(rig, history);
      ServiceProcess service = rig.startService(files, plan.heap());
      catchUp(service, raw);
      return follow(rig, service, feed);
    }
  }

  /// Samples for each CPU-second of a consumer that only reads.
  private double raw(FleetRig rig, long history) throws IOException {
    TopicConsumer.readMetrics(rig.address(), hosts * history);
    double before = ProcessUse.of(ProcessHandle.current().pid()).cpuMillis();
    TopicConsumer.readMetrics(rig.address(), hosts * history);
    double millis = ProcessUse.of(ProcessHandle.current().pid()).cpuMillis() - before;
    return samples(history) / (millis / 1e3);
  }

  private double samples(long scrapes) {
    return (double) scrapes * hosts * FleetRecords.SERIES;
  }

  private void catchUp(ServiceProcess service, double raw)
      throws IOException, InterruptedException {
    Reading start = service.await(samples(plan.warmUp()), PATIENCE);
    beginProfile(service);
    Reading end = service.await(samples(plan.warmUp() + plan.backlog()), PATIENCE);
    endProfile(service);
    double rate = start.samplesPerCpuSecond(end);
    goals.add(Goal.atLeast(name("samples scored"), 1_000_000, "samples/CPU-second").judge(rate));
    figure("scored", rate, "samples/CPU-second");
    figure("a consumer that only reads", raw, "samples/CPU-second");
    figure("reading alone is", raw / rate, "times as fast");
    figure("CPU", 1e6 / rate * FleetRecords.SERIES, "µs/scrape");
    figure("cores while catching up", start.cores(end), "cores");
    figure("CPU until then", start.cpuSeconds(), "s");
  }

  private double follow(FleetRig rig, ServiceProcess service, FleetFeed feed)
      throws IOException, InterruptedException {
    feed.sendLive(Duration.ofMillis(2 * FleetRecords.INTERVAL_MILLIS), false);
    Reading start = service.await(samples(feed.steps()), PATIENCE);
    double cores;
    try (TopicConsumer.Alerts alerts = new TopicConsumer.Alerts(rig.address())) {
      feed.sendLive(plan.live(), true);
      Reading end = service.read();
      cores = start.cores(end);
      double behind = samples(feed.steps()) - end.samples();
      service.await(samples(feed.steps()), PATIENCE);
      // what fires in the last scrapes is told at the next round of its rules
      feed.sendLive(Duration.ofSeconds(30), false);
      service.await(samples(feed.steps()), PATIENCE);
      Thread.sleep(Duration.ofSeconds(1));
      big(Goal.atMost(name("CPU in real time"), 0.8, "cores"), cores);
      figure("behind at the end", behind / FleetRecords.SERIES / hosts, "scrapes of each host");
      big(Goal.atMost(name("resident memory"), 6, "GB"), end.residentBytes() / MEGABYTE / 1_024);
      delays(feed, alerts);
    }
    double live = service.liveHeapBytes();
    big(Goal.atMost(name("live heap"), 3, "GB"), live / MEGABYTE / 1_024);
    figure("live heap", live / 1_024 / hosts, "KB/host");
    figure("CPU in real time", cores / hosts * 1e6 * 10, "µs/host and scrape");
    return cores;
  }

  /// From the append of the first record with a fault until its alert can be read.
  private void delays(FleetFeed feed, TopicConsumer.Alerts alerts) {
    Goal goal = Goal.atMost(name("append to alert p99, rules every 30 s"), 32, "s");
    double[] delays =
        feed.faultsAppendedAt().entrySet().stream()
            .filter(fault -> alerts.firingSeenAt().containsKey(fault.getKey()))
            .mapToDouble(fault ->
                (alerts.firingSeenAt().getOrDefault(fault.getKey(), 0L) - fault.getValue()) / 1e3)
            .sorted()
            .toArray();
    figure("faults", feed.faultsAppendedAt().size(), "");
    figure("faults told", delays.length, "");
    if (delays.length == 0) {
      goals.add(new GoalResult.NotMeasured(goal, "no alert of node-mixin's was told"));
      return;
    }
    goals.add(goal.judge(delays[(int) Math.ceil(delays.length * 0.99) - 1]));
    figure("append to alert, least", delays[0], "s");
    figure("append to alert, median", delays[delays.length / 2], "s");
  }

  private void beginProfile(ServiceProcess service) throws IOException, InterruptedException {
    if (plan.profile().isPresent()) {
      service.command("JFR.start", "name=bench", "settings=profile");
    }
  }

  private void endProfile(ServiceProcess service) throws IOException, InterruptedException {
    if (plan.profile().isPresent()) {
      Path file = plan.profile().get().toAbsolutePath();
      service.command("JFR.stop", "name=bench", "filename=" + file);
    }
  }

  /// Judges what is asked of a big fleet only, and tells it of smaller ones.
  private void big(Goal goal, double value) {
    if (hosts >= BIG) {
      goals.add(goal.judge(value));
    } else {
      add(new Figure(goal.name(), value, goal.unit()));
    }
  }

  private void figure(String name, double value, String unit) {
    add(new Figure(name(name), value, unit));
  }

  private void add(Figure figure) {
    figures.add(figure);
    progress.println(
        "%s: %s %s".formatted(figure.name(), Numbers.text(figure.value()), figure.unit()));
    progress.flush();
  }

  private String name(String what) {
    return "%d hosts: %s".formatted(hosts, what);
  }

  List<GoalResult> goals() {
    return goals;
  }

  List<Figure> figures() {
    return figures;
  }
}
