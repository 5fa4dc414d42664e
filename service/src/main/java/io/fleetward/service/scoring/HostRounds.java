package io.fleetward.service.scoring;

import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.engine.RuleFailure;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Evaluates one host's rule groups and tells the board how it went. On the stream thread.
final class HostRounds {
  private final HostRules rules;
  private final RuleBoard board;

  /// Rules whose newest evaluation on this host failed.
  private final IdentityHashMap<RuleGroup, Set<Rule>> failing = new IdentityHashMap<>(1);

  HostRounds(HostRules rules, RuleBoard board) {
    this.rules = rules;
    this.board = board;
  }

  /// @param appendedAt the broker's time in ms
  RoundResult evaluate(RuleGroup group, long tick, long appendedAt) {
    GroupTally tally = board.group(group);
    RoundResult round =
        tally.isToBeMeasured()
            ? rules.evaluate(group, tick, (rule, nanos) -> board.rule(rule).took(nanos))
            : rules.evaluate(group, tick);
    tally.evaluated(appendedAt);
    if (!failing.isEmpty() || !round.failures().isEmpty()) {
      compare(group, round.failures());
    }
    return round;
  }

  private void compare(RuleGroup group, List<RuleFailure> failures) {
    Set<Rule> before = failing.getOrDefault(group, Set.of());
    Set<Rule> now = Collections.newSetFromMap(new IdentityHashMap<>());
    for (RuleFailure failure : failures) {
      now.add(failure.rule());
      board.failed(failure, rules.instance(), !before.contains(failure.rule()));
    }
    for (Rule rule : before) {
      if (!now.contains(rule)) {
        board.rule(rule).recovered(rules.instance());
      }
    }
    if (now.isEmpty()) {
      failing.remove(group);
    } else {
      failing.put(group, now);
    }
  }

  /// Tells all of the host's alerts as they stand.
  void tell(List<AlertInstance> alerts) {
    board.alerts(rules.instance(), alerts);
  }

  /// Takes back what was told, since the host follows another plan or another owner.
  void close() {
    failing.values().stream()
        .flatMap(Set::stream)
        .forEach(rule -> board.rule(rule).recovered(rules.instance()));
    failing.clear();
    board.alerts(rules.instance(), List.of());
  }
}
