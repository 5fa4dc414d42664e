package io.fleetward.agent.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The broker's clock as learnt from when it appended our records. It runs on the host's monotonic
/// clock, so that steps of the host's wall clock neither move it nor hide. Thread safe.
public final class BrokerClock {
  /// An answer that took longer than this says too little about when it was given.
  private static final Duration LONGEST_WAY = Duration.ofSeconds(5);

  /// Monotonic clocks drift and stand still while a host is suspended.
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);

  /// The two clocks of the host.
  public interface HostClock {
    /// Milliseconds since the epoch.
    long wallMillis();

    /// Nanoseconds since an arbitrary moment; never steps.
    long monotonicNanos();

    static HostClock ofSystem() {
      return new HostClock() {
        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };
    }
  }

  private record Reading(long brokerMillis, long atNanos) {}

  private final HostClock host;
  private final AtomicReference<Optional<Reading>> last = new AtomicReference<>(Optional.empty());

  public BrokerClock(HostClock host) {
    this.host = host;
  }

  /// Learns from a record that the broker has acknowledged just now.
  ///
  /// @param appendedMillis the broker's time of appending it
  /// @param sentNanos when it was sent, on the host's monotonic clock
  public void learn(long appendedMillis, long sentNanos) {
    long now = host.monotonicNanos();
    long way = now - sentNanos;
    if (way >= 0 && way <= LONGEST_WAY.toNanos()) {
      last.set(Optional.of(new Reading(appendedMillis, sentNanos + way / 2)));
    }
  }

  /// The broker's time now; empty while it is unknown.
  public Optional<Instant> now() {
    long nanos = host.monotonicNanos();
    return last.get()
        .filter(reading -> nanos - reading.atNanos() <= GOOD_FOR.toNanos())
        .map(reading ->
            Instant.ofEpochMilli(reading.brokerMillis() + (nanos - reading.atNanos()) / 1_000_000));
  }

  /// How far the broker's clock is ahead of the host's; empty while that is unknown.
  public Optional<Duration> offset() {
    return now().map(broker -> Duration.ofMillis(broker.toEpochMilli() - host.wallMillis()));
  }
}
