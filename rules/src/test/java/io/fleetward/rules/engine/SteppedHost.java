package io.fleetward.rules.engine;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.util.List;

/// One host under one group of rules, whose clock is stepped by hand. Times are in seconds.
final class SteppedHost {
  static final String NAME = "web-1";

  private RuleSet rules;
  private HostRules host;

  /// @param group the lines below the group's name, from `rules:` on or before
  SteppedHost(String group) {
    rules = parsed(group);
    host = new HostRules(rules, NAME);
  }

  private static RuleSet parsed(String group) {
    Problems problems = new Problems();
    String text = "groups:\n- name: g\n" + group.indent(2);
    List<RuleGroup> groups = RuleFiles.parse("rules.yaml", text, problems);
    problems.throwIfAny();
    return RuleFiles.ruleSet(groups, "");
  }

  static Labels series(String name, String... namesAndValues) {
    return Labels.of(namesAndValues).with(Labels.METRIC_NAME, name).with(Labels.INSTANCE, NAME);
  }

  HostRules rules() {
    return host;
  }

  void append(Labels series, long second, double value) {
    host.append(host.slot(series), second * 1000, value);
  }

  void end(Labels series, long second) {
    append(series, second, StaleMarker.VALUE);
  }

  RoundResult round(long second) {
    return host.evaluate(rules.groups().getFirst(), second * 1000);
  }

  /// What an instant selector sees of a series.
  double newest(Labels series, long second) {
    return host.newest(series, second * 1000);
  }

  /// Goes on in another process, which knows the alerts and no samples.
  void restart() {
    List<AlertInstance> saved = host.alerts();
    host = new HostRules(rules, NAME);
    host.restoreAlerts(saved);
  }

  /// Goes on under other rules.
  void restart(String group) {
    rules = parsed(group);
    restart();
  }

  static List<State> states(RoundResult result) {
    return result.transitions().stream().map(AlertInstance::state).toList();
  }
}
