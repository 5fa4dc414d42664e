package io.fleetward.service.control;

import io.fleetward.service.store.DatabaseUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does one thing again and again until it is closed; a failure is told, and it goes
/// on after a second.
///
/// It is never interrupted: H2 would lose its file to an interrupt in the middle of a write.
final class Loop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

  /// One round.
  interface Round {
    /// @return how long to wait before the next, unless woken up
    Duration run();
  }

  private final String name;
  private final Round round;
  private final Wakeup wakeup;
  private final ControlEvents events;
  private final Thread thread;
  private final AtomicBoolean closing = new AtomicBoolean();

  /// @param wakeup ends the wait between two rounds
  Loop(String name, Round round, Wakeup wakeup, ControlEvents events) {
    this.name = name;
    this.round = round;
    this.wakeup = wakeup;
    this.events = events;
    this.thread = Thread.ofPlatform().name("control-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closing.get()) {
        wakeup.await(runOnce());
      }
    } catch (InterruptedException _) {
      // somebody ends the whole process
      log.atInfo().addKeyValue("loop", name).log("interrupted");
    }
  }

  private Duration runOnce() {
    try {
      return round.run();
    } catch (DatabaseUnavailableException e) {
      events.loopFailed(name);
      log.atWarn()
          .addKeyValue("loop", name)
          .addKeyValue("reason", e.getMessage())
          .log("waits for the database");
      return AFTER_FAILURE;
    } catch (RuntimeException e) {
      events.loopFailed(name);
      log.atError().addKeyValue("loop", name).setCause(e).log("failed; goes on in a second");
      return AFTER_FAILURE;
    }
  }

  /// Waits for the round under way to end.
  @Override
  public void close() {
    closing.set(true);
    wakeup.signal();
    try {
      // one that was never started cannot be joined
      if (thread.isAlive() && !thread.join(LONGEST_ROUND)) {
        log.atWarn().addKeyValue("loop", name).log("did not end in time");
      }
    } catch (InterruptedException _) {
      // whoever closes us is in a hurry itself
      Thread.currentThread().interrupt();
    }
  }
}
