package io.fleetward.service.scoring;

import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.placement.Placement;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What `/metrics` tells about the rules in force. Thread safe.
final class RuleMetrics {
  /// Beyond so many, failures are counted together.
  static final int MOST_NAMED = 1_000;

  private static final Name OTHERS = new Name("(others)", "(others)");

  private final Counter failures;
  private final AtomicReference<Set<Name>> named = new AtomicReference<>(Set.of());
  private final AtomicReference<@Nullable RuleBoard> inForce = new AtomicReference<>();

  private record Name(String group, String rule) {}

  RuleMetrics(PrometheusRegistry registry) {
    failures =
        Counter.builder()
            .name("fleetward_scoring_rule_failures_total")
            .help(
                "Evaluations of a rule on a host that failed, by group and rule; beyond %d rules together."
                    .formatted(MOST_NAMED))
            .labelNames("group", "rule")
            .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_rules")
        .help("Rules in force, by where they are evaluated.")
        .labelNames("placement")
        .callback(callback -> {
          RuleBoard board = inForce.get();
          callback.call(board == null ? 0 : count(board, Placement.HostLocal.class), "host");
          callback.call(board == null ? 0 : count(board, Placement.CrossHost.class), "cross-host");
          callback.call(board == null ? 0 : count(board, Placement.Refused.class), "refused");
        })
        .register(registry);
    GaugeWithCallback.builder()
        .name("fleetward_scoring_rules_failing")
        .help("Rules whose newest evaluation failed on at least one host.")
        .callback(callback -> {
          RuleBoard board = inForce.get();
          callback.call(board == null ? 0 : failing(board));
        })
        .register(registry);
  }

  private static double count(RuleBoard board, Class<? extends Placement> kind) {
    var placements = board.plan().rulePlan().placements();
    return board.groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(tally -> kind.isInstance(placements.of(tally.rule())))
        .count();
  }

  private static double failing(RuleBoard board) {
    return board.groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(tally -> tally.failingHosts() > 0)
        .count();
  }

  /// Tells of the rules of this board from now on; what was counted of rules that are no longer
  /// there goes.
  void follow(RuleBoard board) {
    Set<Name> now = new LinkedHashSet<>();
    for (GroupTally tally : board.groups()) {
      RuleGroup group = tally.group();
      group.rules().stream()
          .map(rule -> new Name(group.name(), rule.name()))
          .filter(_ -> now.size() < MOST_NAMED)
          .forEach(now::add);
    }
    Set<Name> before = named.getAndSet(Set.copyOf(now));
    inForce.set(board);
    before.stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> failures.remove(name.group(), name.rule()));
    // counters have to be there before they count, lest the first failure be no increase
    now.forEach(name -> failures.initLabelValues(name.group(), name.rule()));
  }

  void failed(String group, String rule) {
    Name name = new Name(group, rule);
    Name counted = named.get().contains(name) ? name : OTHERS;
    failures.labelValues(counted.group(), counted.rule()).inc();
  }
}
