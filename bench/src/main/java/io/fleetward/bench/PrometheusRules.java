package io.fleetward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures what Debian's Prometheus needs for rules on the same series: the processor time it
/// takes while samples come in and rules are evaluated, less what it takes for the samples alone.
final class PrometheusRules {
  private static final int REQUEST_SAMPLES = 8_000;

  private final Path rules;
  private final List<NodeExporterHost> hosts;
  private final List<byte[][]> labels;
  private final Periods periods;

  /// How long each part takes.
  ///
  /// @param settling until the history that came at once is compacted
  /// @param starting until the rules have been evaluated at least once
  private record Periods(Duration settling, Duration without, Duration starting, Duration with) {}

  /// What came of it.
  sealed interface Rival {
    /// @param reason why there is no number
    record Absent(String reason) implements Rival {}

    /// @param micros for each host and round
    record Measured(double micros, List<Figure> details) implements Rival {
      public Measured {
        details = List.copyOf(details);
      }
    }
  }

  private record Reading(double cpuSeconds, double groupRounds, Instant at) {
    static Reading of(PrometheusServer server) throws IOException, InterruptedException {
      double rounds = server.metric("prometheus_rule_group_iterations_total");
      double missed = server.metric("prometheus_rule_group_iterations_missed_total");
      return new Reading(server.cpuSeconds(), rounds - missed, Instant.now());
    }

    double seconds(Reading later) {
      return Duration.between(at, later.at).toNanos() / 1e9;
    }
  }

  PrometheusRules(Path rules, List<NodeExporterHost> hosts, Effort effort) {
    this.rules = rules;
    this.hosts = List.copyOf(hosts);
    this.labels = hosts.stream().map(PrometheusRules::labels).toList();
    this.periods =
        switch (effort) {
          case QUICK -> periods(65, 45, 12, 60);
          case FULL -> periods(130, 180, 30, 300);
        };
  }

  private static Periods periods(long settling, long without, long starting, long with) {
    return new Periods(
        Duration.ofSeconds(settling),
        Duration.ofSeconds(without),
        Duration.ofSeconds(starting),
        Duration.ofSeconds(with));
  }

  private static byte[][] labels(NodeExporterHost host) {
    byte[][] encoded = new byte[NodeExporterHost.SERIES][];
    for (int series = 0; series < encoded.length; series++) {
      encoded[series] = RemoteWrite1Encoder.labels(host.labels(series));
    }
    return encoded;
  }

  Rival measure() {
    if (!PrometheusServer.isInstalled()) {
      return new Rival.Absent("/usr/bin/prometheus is not there; install Debian's prometheus");
    }
    try (PrometheusServer server = PrometheusServer.start()) {
      return measure(server);
    } catch (IOException e) {
      return new Rival.Absent(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Rival.Absent("interrupted");
    }
  }

  private Rival measure(PrometheusServer server) throws IOException, InterruptedException {
    Feed feed = new Feed(server);
    feed.fillHistory();
    feed.goOn(periods.settling());
    Reading before = Reading.of(server);
    feed.goOn(periods.without());
    Reading idle = Reading.of(server);
    server.evaluate(rules);
    feed.goOn(periods.starting());
    Reading start = Reading.of(server);
    feed.goOn(periods.with());
    Reading end = Reading.of(server);

    double rounds =
        (end.groupRounds() - start.groupRounds()) / server.count("prometheus_rule_group_rules");
    double ingest = (idle.cpuSeconds() - before.cpuSeconds()) / before.seconds(idle);
    double all = end.cpuSeconds() - start.cpuSeconds();
    double ofRules = all - ingest * start.seconds(end);
    return new Rival.Measured(
        1e6 * ofRules / rounds / hosts.size(),
        List.of(
            new Figure("Prometheus: rules", server.metric("prometheus_rule_group_rules"), "rules"),
            new Figure("Prometheus: rounds", rounds, "rounds"),
            new Figure("Prometheus: rounds and samples", all, "s of CPU"),
            new Figure("Prometheus: samples alone", ingest * start.seconds(end), "s of CPU"),
            new Figure(
                "Prometheus: recorded and alerts",
                server.metric("prometheus_rule_group_last_evaluation_samples") / hosts.size(),
                "samples/host and round"),
            new Figure(
                "Prometheus: failing",
                server.metric("prometheus_rule_evaluation_failures_total"),
                "evaluations"),
            new Figure(
                "Prometheus: memory",
                server.metric("process_resident_memory_bytes") / 1_000 / hosts.size(),
                "kB/host")));
  }

  /// Posts each step of all hosts when it is due. Confined to one thread.
  private final class Feed {
    private final PrometheusServer server;
    private final Instant begin;
    private long step;
    private RemoteWrite1Encoder request = new RemoteWrite1Encoder();
    private int samples;

    Feed(PrometheusServer server) {
      this.server = server;
      long interval = NodeExporterHost.INTERVAL_MILLIS;
      long now = System.currentTimeMillis() / interval * interval;
      this.begin = Instant.ofEpochMilli(now - RuleRounds.historySteps() * interval);
    }

    private Instant due() {
      return begin.plusMillis(step * NodeExporterHost.INTERVAL_MILLIS);
    }

    void fillHistory() throws IOException, InterruptedException {
      long recent = RuleRounds.historySteps() - RuleRounds.recentSteps();
      while (step < RuleRounds.historySteps()) {
        post(step < recent);
      }
      flush();
    }

    /// Goes on in real time.
    void goOn(Duration period) throws IOException, InterruptedException {
      Instant end = Instant.now().plus(period);
      while (Instant.now().isBefore(end)) {
        while (!due().isAfter(Instant.now())) {
          post(false);
          flush();
        }
        Instant next = due().isBefore(end) ? due() : end;
        TimeUnit.MILLISECONDS.sleep(Math.max(1, Duration.between(Instant.now(), next).toMillis()));
      }
    }

    private void post(boolean onlyLong) throws IOException, InterruptedException {
      long time = due().toEpochMilli();
      for (int number = 0; number < hosts.size(); number++) {
        NodeExporterHost host = hosts.get(number);
        for (int series = 0; series < NodeExporterHost.SERIES; series++) {
          if (!onlyLong || host.isLong(series)) {
            request.add(labels.get(number)[series], time, host.value(series, step));
            samples++;
          }
        }
        if (samples >= REQUEST_SAMPLES) {
          flush();
        }
      }
      step++;
    }

    private void flush() throws IOException, InterruptedException {
      if (!request.isEmpty()) {
        server.write(request.body());
        request = new RemoteWrite1Encoder();
        samples = 0;
      }
    }
  }
}
