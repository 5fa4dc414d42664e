package io.fleetward.service.desk;

import java.util.List;

/// Where people look at rules and at what they find, as Prometheus tells it. Thread safe.
public interface RuleDesk {
  /// Every group of the rules in force, in the order of the files.
  List<RuleGroupView> ruleGroups();

  /// What is pending or fires.
  List<RuleAlertView> alerts();
}
