package io.fleetward.rules.file;

import java.time.Duration;
import java.util.List;

/// All rules in force together, as read from one or more files.
///
/// @param version SHA-256 of the files' content, in lower-case hexadecimal
/// @param retention how far into the past any selector of any rule can see, look-back included
public record RuleSet(List<RuleGroup> groups, String version, Duration retention) {
  public RuleSet {
    groups = List.copyOf(groups);
  }
}
