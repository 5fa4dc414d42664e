package io.fleetward.remediation.policy;

import java.time.Duration;

/// How much a policy may do.
///
/// @param scope what `atMost` and `percent` are counted over
/// @param atMost how many hosts of the scope may be acted upon at once, 1 or more
/// @param percent the same as a share of the hosts seen in the last hour, above 0 up to 100; the
///   smaller of both counts, but a scope that is not empty always allows one
/// @param cooldown the rest a host gets after an action before the policy may act on it again
/// @param attempts how many plans a host gets for one alert name within a day; then a person
public record Limits(Scope scope, int atMost, double percent, Duration cooldown, int attempts) {
  /// What holds where a policy says nothing.
  public static final Limits STRICT = new Limits(Scope.FLEET, 1, 100, Duration.ofMinutes(30), 2);

  /// What a limit is counted over.
  public enum Scope {
    HOST,
    FLEET
  }

  /// How many hosts may be acted upon at once in a scope of so many hosts; none in an empty one.
  public int allowedAmong(int hosts) {
    return hosts == 0 ? 0 : Math.min(atMost, Math.max(1, (int) Math.floor(percent * hosts / 100)));
  }
}
