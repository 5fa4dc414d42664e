package io.fleetward.bench.fleet;

import io.fleetward.bench.Figure;
import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;
import io.fleetward.bench.PrometheusServer;
import io.fleetward.bench.RemoteWrite1Encoder;
import io.fleetward.bench.RuleData;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Debian's Prometheus with the same hosts: it takes their samples by remote-write as they come and
/// evaluates node-mixin's rules every 30 s. Confined to one thread.
final class PrometheusFleet {
  /// More do not fit beside everything else.
  static final int MOST_HOSTS = 500;

  private static final Duration RULES_EVERY = Duration.ofSeconds(30);
  private static final int HOSTS_A_REQUEST = 25;
  private static final int ROUNDS_BEFORE = 4;
  private static final int ROUNDS = 9;

  private final int hosts;
  private final RuleData data;
  private final boolean left;

  /// @param left whether to leave it out
  PrometheusFleet(int hosts, RuleData data, boolean left) {
    this.hosts = hosts;
    this.data = data;
    this.left = left;
  }

  /// @param ours the cores that the service took for the same
  void measure(double ours, List<GoalResult> goals, List<Figure> figures)
      throws InterruptedException {
    Goal goal =
        Goal.atLeast("%d hosts: Prometheus takes".formatted(hosts), 10, "times the service's CPU");
    if (left) {
      goals.add(new GoalResult.NotMeasured(goal, "left out"));
    } else if (!PrometheusServer.isInstalled()) {
      goals.add(
          new GoalResult.NotMeasured(
              goal, "/usr/bin/prometheus is not there; install Debian's prometheus"));
    } else if (data.nodeMixin().isEmpty()) {
      goals.add(new GoalResult.NotMeasured(goal, data.absence()));
    } else {
      try (PrometheusServer server = PrometheusServer.start()) {
        double theirs = cores(server);
        goals.add(goal.judge(theirs / ours));
        figures.add(new Figure("%d hosts: Prometheus' CPU".formatted(hosts), theirs, "cores"));
        figures.add(
            new Figure(
                "%d hosts: Prometheus' memory".formatted(hosts),
                server.metric("process_resident_memory_bytes") / 1_000 / hosts,
                "kB/host"));
      } catch (IOException e) {
        goals.add(new GoalResult.NotMeasured(goal, String.valueOf(e.getMessage())));
      }
    }
  }

  private double cores(PrometheusServer server) throws IOException, InterruptedException {
    FleetRecords records = new FleetRecords(20_261_123L);
    byte[][][] labels = new byte[hosts][FleetRecords.SERIES][];
    for (int host = 0; host < hosts; host++) {
      for (int series = 0; series < FleetRecords.SERIES; series++) {
        labels[host][series] = RemoteWrite1Encoder.labels(records.labels(host, series));
      }
    }
    server.evaluate(data.nodeMixin().orElseThrow(), RULES_EVERY);
    double before = 0;
    Instant begin = Instant.now();
    Instant from = begin;
    for (int round = 0; round < ROUNDS_BEFORE + ROUNDS; round++) {
      if (round == ROUNDS_BEFORE) {
        before = server.cpuSeconds();
        from = Instant.now();
      }
      post(server, records, labels, round);
      Instant next = begin.plusMillis((round + 1) * FleetRecords.INTERVAL_MILLIS);
      Thread.sleep(
          Duration.ofMillis(Math.max(0, Duration.between(Instant.now(), next).toMillis())));
    }
    return (server.cpuSeconds() - before)
        / (Duration.between(from, Instant.now()).toMillis() / 1e3);
  }

  private void post(PrometheusServer server, FleetRecords records, byte[][][] labels, int step)
      throws IOException, InterruptedException {
    for (int first = 0; first < hosts; first += HOSTS_A_REQUEST) {
      RemoteWrite1Encoder request = new RemoteWrite1Encoder();
      long now = System.currentTimeMillis();
      for (int host = first; host < Math.min(hosts, first + HOSTS_A_REQUEST); host++) {
        for (int series = 0; series < FleetRecords.SERIES; series++) {
          request.add(labels[host][series], now, records.value(host, series, step));
        }
      }
      server.write(request.body());
    }
  }
}
