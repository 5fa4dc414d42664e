package io.fleetward.remediation.lifecycle;

import java.util.ArrayList;
import java.util.List;

/// What came of an event.
public sealed interface Step {
  /// The remediation is now this, perhaps in the same state with other content.
  record Moved(Remediation next, List<Effect> effects) implements Step {
    public Moved {
      effects = List.copyOf(effects);
    }

    static Moved to(Remediation next, Effect... effects) {
      return new Moved(next, List.of(effects));
    }

    Moved after(List<Effect> earlier) {
      List<Effect> all = new ArrayList<>(earlier);
      all.addAll(effects);
      return new Moved(next, all);
    }
  }

  /// The event means nothing to it now: a duplicate, or news that changes nothing.
  record Unchanged() implements Step {}

  /// The event must not happen to it now.
  ///
  /// @param code `not-awaiting`, `forbidden`, `void` or `impossible`
  /// @param reason why, for a person
  record Refused(String code, String reason) implements Step {}
}
