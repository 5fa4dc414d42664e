package io.fleetward.agent.action;

import java.time.Instant;

/// What is remembered about plans that were begun.
public interface Ledger {
  /// Since when everything that was begun is remembered, in the broker's time.
  Instant beganAt();

  boolean hasSeen(String nonce);

  /// How many times an action was begun since a moment, in the broker's time.
  int startsSince(String action, Instant since);
}
