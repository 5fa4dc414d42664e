package io.fleetward.rules.engine;

import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;

/// A rule that could not be evaluated in a round, and why. Its alerts keep their states.
public record RuleFailure(RuleGroup group, Rule rule, String reason) {}
