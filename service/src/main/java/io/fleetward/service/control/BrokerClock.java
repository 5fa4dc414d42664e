package io.fleetward.service.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// The broker's time as this process knows it, in whole milliseconds. Thread safe.
///
/// Each acknowledged record tells when the broker appended it, somewhere between its sending and
/// its acknowledgement; that gives the offset to the local clock. A record that was consumed only
/// tells that the broker's time is no earlier.
public final class BrokerClock {
  /// Heartbeats tell the offset every ten seconds; after six missing ones nobody knows it.
  private static final Duration GOOD_FOR = Duration.ofSeconds(60);

  /// An answer that took longer says too little about when it was given.
  private static final Duration LONGEST_WAY = Duration.ofSeconds(5);

  private record Estimate(Duration offset, Instant learntAt) {}

  private final Instant beganAt;
  private final LongSupplier ticker;
  private final long beganAtTick;
  private final AtomicReference<Estimate> estimate =
      new AtomicReference<>(new Estimate(Duration.ZERO, Instant.MIN));

  /// @param wall is read once, now
  /// @param ticker nanoseconds that go on evenly, whatever is done to the wall clock, such as
  ///   [System#nanoTime]
  public BrokerClock(InstantSource wall, LongSupplier ticker) {
    this.beganAt = wall.instant();
    this.ticker = ticker;
    this.beganAtTick = ticker.getAsLong();
  }

  /// The broker's time; the local one while nothing was learnt.
  public Instant now() {
    return inBrokerTime(localTime());
  }

  /// The local time as it would be had nobody set the clock since this one began.
  public Instant localTime() {
    return beganAt.plusNanos(ticker.getAsLong() - beganAtTick);
  }

  /// A local time as the broker's clock showed it.
  public Instant inBrokerTime(Instant localTime) {
    return Instant.ofEpochMilli(localTime.plus(estimate.get().offset()).toEpochMilli());
  }

  /// Whether the offset was learnt lately.
  public boolean known() {
    return localTime().minus(GOOD_FOR).isBefore(estimate.get().learntAt());
  }

  /// Learns from a record that the broker has acknowledged.
  ///
  /// @param sentAt and
  /// @param acknowledgedAt in local time
  /// @param appendedAt in the broker's time
  public void produced(Instant sentAt, Instant acknowledgedAt, Instant appendedAt) {
    Duration way = Duration.between(sentAt, acknowledgedAt);
    if (!way.isNegative() && way.compareTo(LONGEST_WAY) <= 0) {
      Instant middle = sentAt.plus(way.dividedBy(2));
      estimate.set(new Estimate(Duration.between(middle, appendedAt), acknowledgedAt));
    }
  }

  /// Learns from a record that was consumed.
  ///
  /// @param appendedAt in the broker's time
  public void consumed(Instant appendedAt) {
    Duration least = Duration.between(localTime(), appendedAt);
    estimate.updateAndGet(known ->
        known.offset().compareTo(least) >= 0 ? known : new Estimate(least, known.learntAt()));
  }
}
