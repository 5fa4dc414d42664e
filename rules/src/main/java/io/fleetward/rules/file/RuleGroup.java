package io.fleetward.rules.file;

import io.fleetward.protocol.labels.Labels;
import java.time.Duration;
import java.util.List;

/// Rules that are evaluated together, in order, at the same time.
///
/// @param interval time between evaluations; zero to evaluate at every tick
/// @param limit how many series or alerts one rule may yield; 0 for no limit
/// @param queryOffset how far the evaluation looks into the past
/// @param labels set on every result of every rule, under the rule's own
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    int limit,
    Duration queryOffset,
    Labels labels,
    List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /// Whether the group is to be evaluated at a tick, given the tick before it. Groups with an
  /// interval are due at the first tick in each multiple of it since the epoch.
  public boolean isDue(long previousTickMillis, long tickMillis) {
    long millis = interval.toMillis();
    return millis == 0
        || Math.floorDiv(tickMillis, millis) != Math.floorDiv(previousTickMillis, millis);
  }
}
