package io.fleetward.agent.shipping;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the broker takes records, as far as is known. It is told in the log once each way, and
/// at most once a minute where it comes and goes. Thread safe.
final class Link {
  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final long TELL_AGAIN_AFTER_NANOS = 60_000_000_000L;

  private enum State {
    UNTRIED,
    REACHED,
    AWAY
  }

  private final String servers;
  private final Runnable whenReached;
  private final BrokerClock.HostClock clock;
  private final AtomicReference<State> state;
  private final AtomicLong toldNanos;

  /// @param whenReached run when it is reached for the first time, and again after it was away
  private Link(String servers, State first, BrokerClock.HostClock clock, Runnable whenReached) {
    this.servers = servers;
    this.clock = clock;
    this.whenReached = whenReached;
    this.state = new AtomicReference<>(first);
    this.toldNanos = new AtomicLong(clock.monotonicNanos() - TELL_AGAIN_AFTER_NANOS);
  }

  /// One that is tried with the next record.
  static Link untried(String servers, BrokerClock.HostClock clock, Runnable whenReached) {
    return new Link(servers, State.UNTRIED, clock, whenReached);
  }

  /// One that counts as away until what waits for it was tried.
  static Link away(String servers, BrokerClock.HostClock clock, Runnable whenReached) {
    return new Link(servers, State.AWAY, clock, whenReached);
  }

  boolean isAway() {
    return state.get() == State.AWAY;
  }

  boolean isUntried() {
    return state.get() == State.UNTRIED;
  }

  void reached() {
    if (state.getAndSet(State.REACHED) != State.REACHED) {
      log.atInfo().addKeyValue("servers", servers).log("broker reached");
      whenReached.run();
    }
  }

  void lost(String reason) {
    long now = clock.monotonicNanos();
    boolean isNews = state.getAndSet(State.AWAY) != State.AWAY;
    long told = toldNanos.get();
    if (isNews && now - told >= TELL_AGAIN_AFTER_NANOS && toldNanos.compareAndSet(told, now)) {
      log.atWarn()
          .addKeyValue("servers", servers)
          .addKeyValue("reason", reason)
          .log(
              "broker does not take records; scrapes are kept on the disk until it does; start the"
                  + " broker or correct kafka.bootstrap-servers");
    }
  }
}
