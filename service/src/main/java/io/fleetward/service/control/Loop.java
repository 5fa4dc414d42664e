package io.fleetward.service.control;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does one thing again and again until it is stopped; a failure is told, and it goes
/// on after a second.
final class Loop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /// One round.
  interface Round {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Round round;
  private final ControlEvents events;
  private final Thread thread;

  Loop(String name, Round round, ControlEvents events) {
    this.name = name;
    this.round = round;
    this.events = events;
    this.thread = Thread.ofPlatform().name("control-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        runOnce();
      } catch (InterruptedException _) {
        // being closed
        return;
      }
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      round.run();
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      events.loopFailed(name);
      log.atError().addKeyValue("loop", name).setCause(e).log("failed; goes on in a second");
      Thread.sleep(AFTER_FAILURE);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      // whoever closes us is in a hurry itself
      Thread.currentThread().interrupt();
    }
  }
}
