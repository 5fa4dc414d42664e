package io.fleetward.service.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that goes on only when told to, and can be set.
final class SettableTime implements InstantSource {
  private Instant now;
  private long nanos;

  SettableTime(Instant now) {
    this.now = now;
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /// Sets the wall clock on; no time goes by.
  void set(Duration on) {
    now = now.plus(on);
  }

  long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
