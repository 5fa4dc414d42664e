package io.fleetward.service.scoring;

import io.fleetward.rules.file.RuleGroup;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How one rule group fares on the hosts of this instance. Thread safe.
final class GroupTally {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long MEASURED_EVERY_NANOS = 10_000_000_000L;

  private final RuleGroup group;
  private final List<RuleTally> rules;
  private final AtomicLong measuredAt = new AtomicLong(System.nanoTime() - MEASURED_EVERY_NANOS);
  private volatile long evaluatedAt = NEVER;
  private volatile long acrossAt = NEVER;

  GroupTally(RuleGroup group) {
    this.group = group;
    this.rules = group.rules().stream().map(rule -> new RuleTally(group, rule)).toList();
  }

  RuleGroup group() {
    return group;
  }

  /// In the order of the group.
  List<RuleTally> rules() {
    return rules;
  }

  /// @param at in the broker's ms
  void evaluated(long at) {
    if (at > evaluatedAt) {
      evaluatedAt = at;
    }
  }

  /// Hears that the group's cross-host rules were evaluated.
  ///
  /// @param at in the broker's ms
  void evaluatedAcross(long at) {
    acrossAt = at;
  }

  /// Hears that another instance of the service evaluates the group's cross-host rules from now on.
  void wentAcross() {
    acrossAt = NEVER;
  }

  /// Whether this instance has evaluated the group's cross-host rules.
  boolean wasEvaluatedAcross() {
    return acrossAt != NEVER;
  }

  boolean wasEvaluated() {
    return evaluatedAt != NEVER;
  }

  /// @param never what to say if no host has evaluated it
  Instant lastEvaluation(Instant never) {
    long at = evaluatedAt;
    return at == NEVER ? never : Instant.ofEpochMilli(at);
  }

  /// Whether this round is to be measured: one every ten seconds is enough to show.
  boolean isToBeMeasured() {
    long before = measuredAt.get();
    long now = System.nanoTime();
    return now - before >= MEASURED_EVERY_NANOS && measuredAt.compareAndSet(before, now);
  }

  double seconds() {
    return rules.stream().mapToDouble(RuleTally::seconds).sum();
  }
}
