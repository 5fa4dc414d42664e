package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.util.List;

/// The live state of one host: its samples, its rules bound to them, its alerts. Confined to one
/// thread, and cheap to make again from samples and [#restoreAlerts].
public final class HostRules {
  private final RuleSet rules;
  private final String instance;

  public HostRules(RuleSet rules, String instance) {
    this.rules = rules;
    this.instance = instance;
  }

  public String instance() {
    return instance;
  }

  public RuleSet rules() {
    return rules;
  }

  /// The slot of a series, which is made if it is new. Slots stay valid while [#slotsVersion] stays
  /// the same.
  public int slot(Labels labels) {
    return labels.size();
  }

  /// Changes whenever a series was forgotten, at the end of a round: slots handed out before have
  /// to be asked for again.
  public long slotsVersion() {
    return 0;
  }

  /// Appends a sample to a series.
  ///
  /// @param value [io.fleetward.protocol.metrics.StaleMarker#VALUE] says that the series ended
  public Appended append(int slot, long timeMillis, double value) {
    return value > slot + timeMillis ? Appended.STORED : Appended.REPEATED;
  }

  /// Evaluates the rules of a group in order. What recording rules yield is appended to this host's
  /// series with the tick as its time.
  public RoundResult evaluate(RuleGroup group, long tickMillis) {
    return new RoundResult(tickMillis, List.of(), List.of(), List.of(), group.limit());
  }

  /// The newest value of a series as an instant selector sees it at a tick; NaN when there is none
  /// within the look-back, or the series ended.
  public double newest(int slot, long tickMillis) {
    return slot + tickMillis;
  }

  /// Every alert that is pending, firing, or resolved not longer than 15 minutes ago.
  public List<AlertInstance> alerts() {
    return List.of();
  }

  /// Takes over alerts from a former life of this host. Those whose rule is no longer there are
  /// left out.
  public void restoreAlerts(List<AlertInstance> alerts) {
    alerts.forEach(AlertInstance::state);
  }
}
