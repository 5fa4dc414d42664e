package io.fleetward.service.api;

import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import java.util.List;

/// Rules as a test wants them.
record StagedRules(List<RuleGroupView> ruleGroups, List<RuleAlertView> alerts)
    implements RuleDesk {}
