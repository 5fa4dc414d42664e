package io.fleetward.models.registry;

import java.time.Instant;
import java.util.Locale;

/// One change of one version's role.
///
/// @param by a person, or `training`
/// @param reason the evidence, or what the person said
public record Step(Instant at, String version, Kind kind, String by, String reason) {
  /// What happened, and what the version is afterwards.
  public enum Kind {
    /// the first, and usable
    FIRST(Role.CHAMPION),
    /// usable, while another is champion
    CHALLENGES(Role.CHALLENGER),
    /// its own held-out rows speak against it
    UNUSABLE(Role.RETIRED),
    /// a challenger that was better
    PROMOTED(Role.CHAMPION),
    /// a champion after whom another was promoted
    SUCCEEDED(Role.RETIRED),
    /// a challenger after whom a newer one came
    SUPERSEDED(Role.RETIRED),
    /// taken back by a person, for good
    ROLLED_BACK(Role.RETIRED),
    /// a former champion that returns
    RESTORED(Role.CHAMPION);

    private final Role role;

    Kind(Role role) {
      this.role = role;
    }

    public Role role() {
      return role;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
