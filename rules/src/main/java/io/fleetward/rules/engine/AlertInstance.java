package io.fleetward.rules.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One alert of one rule and one label set, as it stands after a round. Can be written as JSON and
/// restored with [HostRules#restoreAlerts].
///
/// @param key tells the rule from all others, as [RulePlan#key] has it
/// @param group the rule group's name
/// @param rule the alerting rule's name
/// @param labels all labels, `alertname` included
/// @param value what the expression yielded when it last held
/// @param activeAt the tick at which the expression began to hold
/// @param firedAt null until the alert fired
/// @param resolvedAt null until the alert resolved
/// @param keepFiringSince the tick at which the expression ceased to hold while `keep_firing_for`
///   keeps the alert firing; null otherwise
public record AlertInstance(
    String key,
    String group,
    String rule,
    Map<String, String> labels,
    Map<String, String> annotations,
    State state,
    double value,
    Instant activeAt,
    @Nullable Instant firedAt,
    @Nullable Instant resolvedAt,
    @Nullable Instant keepFiringSince) {
  /// Where an alert stands.
  public enum State {
    PENDING,
    FIRING,
    RESOLVED
  }

  public AlertInstance {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
