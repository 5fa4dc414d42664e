package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.placement.RuleComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the second stage tells against one engine that has all hosts' samples and evaluates the
/// same rules at the same ticks, on seeded random hosts.
class RulesAcrossHostsDifferenceTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("fleetward.rulefiles", "../../shared/data/prometheus-rules"));
  private static final int HOSTS = 7;
  private static final int TICKS = 60;

  /// Beyond what public rules call too much.
  private static final double MUCH = 2_000;

  private static final String RULES =
      """
      groups:
        - name: host
          rules:
            - { record: "host:a", expr: "a * 2" }
        - name: sums
          rules:
            - { record: "fleet:a:sum", expr: "sum(host:a)" }
            - { record: "zone:a:rate1m", expr: "sum by (zone) (rate(a[1m]))" }
            - { record: "host:b:share", expr: "b / on () group_left () sum(b)" }
        - name: later
          interval: 30s
          rules:
            - { record: "fleet:a:avg2m", expr: "avg_over_time(fleet:a:sum[2m])" }
            - alert: Much
              expr: host:b:share > 0.25
              for: 20s
              keep_firing_for: 30s
              labels: { zone: "{{ $labels.zone }}" }
              annotations: { summary: '{{ query "count(b)" | first | value }} hosts' }
        - name: alerts
          rules:
            - { alert: Rising, expr: "fleet:a:sum > fleet:a:avg2m * 1.05" }
            - { alert: Missing, expr: "absent(b{zone=\\"z1\\"})" }
            - { alert: Outlier, expr: "topk(1, b) > 0.9" }
            - { alert: Several, expr: 'count(ALERTS{alertname="Much", alertstate="firing"}) > 1' }
      """;

  @TempDir private Path folder;

  private final Random random = new Random(Long.getLong("fleetward.seed", 17));

  @Test
  void isNoneForRulesOfManyKinds() throws IOException {
    assertThat(compare(RULES)).isGreaterThan(TICKS / 4);
  }

  @Test
  void isNoneForPublicRules() throws IOException {
    Path file = CORPUS.resolve("awesome-rabbitmq-rabbitmq-exporter.yml");
    Assumptions.assumeTrue(
        Files.exists(file), "skipped: no rule files in " + CORPUS + "; set -Dfleetward.rulefiles");
    compare(Files.readString(file));
  }

  /// @return at how many ticks something fires
  private int compare(String text) throws IOException {
    RuleSet rules = RuleFiles.load(List.of(Files.writeString(folder.resolve("one.yaml"), text)));
    RulePlan plan = RulePlan.of(rules);
    List<List<Labels>> hosts = hosts(plan.components());
    HostRules reference = new HostRules(plan.forAllSeries(), "");
    Map<Instant, Set<String>> expected = new TreeMap<>();
    try (StreamUnderTest stream = new StreamUnderTest(folder, text, "")) {
      long previous = Long.MIN_VALUE;
      for (int i = 0; i < TICKS; i++) {
        Instant tick = StreamUnderTest.START.plusSeconds(10L * i);
        for (int host = 0; host < HOSTS; host++) {
          Map<Labels, Double> samples = samples(hosts.get(host));
          samples.forEach((series, value) ->
              reference.append(reference.slot(series), tick.toEpochMilli(), value));
          stream.samples("host-" + host, tick, tick.plusMillis(3), samples);
        }
        if (i > 0) {
          expected.put(tick, evaluate(reference, tick, previous));
        }
        previous = tick.toEpochMilli();
        if (i % 7 == 3) {
          stream.takeOver();
        }
      }
      Map<Instant, Set<String>> actual = firing(stream.alerts());
      // the last tick waits for its grace
      for (int i = 1; i < TICKS - 1; i++) {
        Instant tick = StreamUnderTest.START.plusSeconds(10L * i);
        assertThat(actual.getOrDefault(tick, Set.of()))
            .as("firing at tick %d", i)
            .isEqualTo(expected.get(tick));
      }
      return actual.size();
    }
  }

  /// Every metric that rules across hosts read, for each host, now and then twice.
  private List<List<Labels>> hosts(List<RuleComponent> components) {
    List<List<Labels>> hosts = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      Set<String> seen = new TreeSet<>();
      List<Labels> series = new ArrayList<>();
      for (RuleComponent component : components) {
        for (RuleComponent.Need need : component.needs()) {
          Map<String, String> labels = new HashMap<>();
          labels.put("instance", "host-" + host);
          labels.put("zone", "z" + host % 2);
          for (LabelMatcher matcher : need.matchers()) {
            if (matcher.operator() == LabelMatcher.Operator.EQUAL && !matcher.value().isEmpty()) {
              labels.put(matcher.name(), matcher.value());
            }
          }
          String name = labels.getOrDefault("__name__", "");
          boolean isRaw = !name.isEmpty() && !name.contains(":") && !name.startsWith("ALERTS");
          if (isRaw && seen.add(labels.toString())) {
            series.add(Labels.from(labels));
          }
        }
      }
      hosts.add(series.stream().distinct().toList());
    }
    return hosts;
  }

  private Map<Labels, Double> samples(List<Labels> series) {
    Map<Labels, Double> samples = new HashMap<>();
    for (Labels labels : series) {
      boolean isCounter = labels.metricName().equals("a");
      if (isCounter || random.nextInt(20) > 0) {
        boolean isOwn = isCounter || labels.metricName().equals("b");
        double scale = isCounter ? 1e3 : isOwn ? 1 : MUCH;
        samples.put(labels, scale * random.nextDouble());
      }
    }
    return samples;
  }

  private static Set<String> evaluate(HostRules reference, Instant tick, long previous) {
    Set<String> firing = new TreeSet<>();
    for (RuleGroup group : reference.rules().groups()) {
      if (group.isDue(previous, tick.toEpochMilli())) {
        reference.evaluate(group, tick.toEpochMilli()).firing().stream()
            .map(RulesAcrossHostsDifferenceTest::text)
            .forEach(firing::add);
      }
    }
    return firing;
  }

  private static String text(AlertInstance alert) {
    return "%s %s %s %s"
        .formatted(
            new TreeMap<>(alert.labels()), alert.annotations(), alert.activeAt(), alert.firedAt());
  }

  private static Map<Instant, Set<String>> firing(List<AlertMessage> alerts) {
    Map<Instant, Set<String>> firing = new TreeMap<>();
    for (AlertMessage alert : alerts) {
      if (alert.concernsSeveralHosts()
          && alert.state() instanceof State.Firing(Instant activeAt, Instant firedAt)) {
        firing
            .computeIfAbsent(alert.evaluatedAt(), _ -> new TreeSet<>())
            .add(
                "%s %s %s %s"
                    .formatted(
                        new TreeMap<>(alert.labels()), alert.annotations(), activeAt, firedAt));
      }
    }
    return firing;
  }
}
