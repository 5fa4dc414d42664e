package io.fleetward.rules.placement;

import java.util.List;

/// Where a rule can be evaluated.
public sealed interface Placement {
  /// On each host by itself: every result comes from series of one instance, and carries it.
  record HostLocal() implements Placement {}

  /// Only where the series of all hosts come together.
  ///
  /// @param selectors the series that hosts have to forward, as selectors
  /// @param reason the part of the rule that looks across hosts
  record CrossHost(List<String> selectors, String reason) implements Placement {
    public CrossHost {
      selectors = List.copyOf(selectors);
    }
  }

  /// Nowhere.
  record Refused(String reason) implements Placement {}
}
