package io.fleetward.agent.action;

import java.time.Duration;

/// How often a host is willing to run an action.
///
/// @param atMost runs within any stretch of `per`
public record Budget(int atMost, Duration per) {
  /// The largest `atMost`: nobody ever asks whether there were more starts.
  public static final int MOST = 10_000;

  /// What holds where the allow-list says nothing.
  public static final Budget STRICT = new Budget(1, Duration.ofHours(1));
}
