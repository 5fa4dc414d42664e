package io.fleetward.models.registry;

import java.util.Optional;

/// The versions that hosts begin from. Thread safe; never waits.
public interface Champions {
  /// Nobody is champion: every host starts cold.
  Champions NONE = (_, _) -> Optional.empty();

  /// The version in force for the hosts of a class; empty while there is none.
  Optional<ModelVersion> champion(String model, String hostClass);

  /// Whether a version was taken back by a person: what a host learnt on top of it is to be
  /// forgotten, too.
  default boolean isRolledBack(String model, String hostClass, String version) {
    return false;
  }
}
