package io.fleetward.models.registry;

import java.util.Locale;

/// What a version is to the hosts of its class.
public enum Role {
  /// hosts begin from it
  CHAMPION,
  /// scores in the shadow of the champion, until the evidence is for or against it
  CHALLENGER,
  /// kept for the record, and perhaps to return
  RETIRED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
