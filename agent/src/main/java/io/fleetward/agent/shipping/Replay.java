package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.Shipment.Fate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.InterruptException;

/// Sends the backlog, on a thread of its own. While the broker is away it tries the oldest record
/// until that is taken; then a short backlog goes at once, before anything newer, and a long one at
/// its own pace, beside what is fresh.
final class Replay {
  /// This many go before what is fresh: five minutes of scrapes every 10 s.
  private static final int SHORT = 30;

  private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// How long nothing happens by itself while something waits.
  private static final Duration IDLE = Duration.ofSeconds(5);

  private static final Duration NOTHING_WAITS = Duration.ofHours(1);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Backlog backlog;
  private final RecordSender sender;
  private final Link link;
  private final ReplayPace pace;
  private final HostClock clock;
  private final ShippingEvents events;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean isWoken;
  private boolean isClosing;

  /// Whether what waits has been overtaken since the thread last looked.
  private boolean isOvertaken;

  /// How many that were replayed have failed.
  private final AtomicInteger failed = new AtomicInteger();

  // on the thread only
  private List<Shipment> sending = List.of();
  private boolean isMarked;
  private long overtakenUntil;
  private long nextChunkNanos;
  private long lastAttemptNanos;
  private Duration pauseBetweenAttempts = FIRST_PAUSE;
  private boolean isCatchingUp;
  private long caughtUpByNanos;

  Replay(
      Backlog backlog,
      RecordSender sender,
      Link link,
      ReplayPace pace,
      HostClock clock,
      ShippingEvents events) {
    this.backlog = backlog;
    this.sender = sender;
    this.link = link;
    this.pace = pace;
    this.clock = clock;
    this.events = events;
    // an earlier run may have sent newer ones than those it left
    this.overtakenUntil = backlog.nextNumber();
    this.nextChunkNanos = clock.monotonicNanos();
    this.thread = Thread.ofPlatform().daemon().name("fleetward-replay").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Takes a record if the broker is away; it then comes after all that wait already.
  boolean keepWhileAway(Shipment shipment) {
    lock.lock();
    try {
      boolean isAway = link.isAway();
      if (isAway) {
        backlog.keep(shipment);
        wake();
      }
      return isAway;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a record that could not be sent.
  void keep(Shipment shipment) {
    lock.lock();
    try {
      backlog.keep(shipment);
      wake();
    } finally {
      lock.unlock();
    }
  }

  /// Lets the thread look again at what it waits for.
  void wake() {
    lock.lock();
    try {
      isWoken = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The broker takes records: what is fresh goes to it directly from now on.
  void reached() {
    lock.lock();
    try {
      isOvertaken |= !backlog.isEmpty();
      link.reached();
      wake();
    } finally {
      lock.unlock();
    }
  }

  private boolean reachedIfEmpty() {
    lock.lock();
    try {
      boolean isEmpty = backlog.isEmpty();
      if (isEmpty) {
        link.reached();
      }
      return isEmpty;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!isClosing()) {
        await(step(clock.monotonicNanos()));
      }
    } catch (InterruptedException | InterruptException _) {
      // closing took too long; what is on the disk is there
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return isClosing;
    } finally {
      lock.unlock();
    }
  }

  private void await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!isWoken && left > 0) {
        left = woken.awaitNanos(left);
      }
      isWoken = false;
    } finally {
      lock.unlock();
    }
  }

  /// Does what can be done now.
  ///
  /// @return after how many nanoseconds to look again, if nobody wakes the thread before
  private long step(long now) {
    backlog.store();
    noteOvertaken();
    if (!sending.isEmpty()) {
      return goOnSending(now);
    }
    if (backlog.isEmpty()) {
      return nothingLeft();
    }
    if (!isCatchingUp && !link.isAway() && nextChunkNanos - now > 0) {
      return nextChunkNanos - now;
    }
    return sendNext(now);
  }

  private long nothingLeft() {
    if (isCatchingUp && !reachedIfEmpty()) {
      return 0;
    }
    isCatchingUp = false;
    return NOTHING_WAITS.toNanos();
  }

  private void noteOvertaken() {
    lock.lock();
    try {
      if (isOvertaken) {
        isOvertaken = false;
        overtakenUntil = backlog.nextNumber();
      }
    } finally {
      lock.unlock();
    }
  }

  private long goOnSending(long now) {
    if (sending.stream().anyMatch(Shipment::isWaiting)) {
      return IDLE.toNanos();
    }
    if (!sending.stream().allMatch(Shipment::isDone)) {
      isCatchingUp = false;
      return tryAgain(now);
    }
    pauseBetweenAttempts = FIRST_PAUSE;
    backlog.delivered();
    sending = List.of();
    if (link.isAway()) {
      answered(now);
    }
    return 0;
  }

  private long tryAgain(long now) {
    long pause = pauseBetweenAttempts.toNanos() - (now - lastAttemptNanos);
    if (pause > 0) {
      return pause;
    }
    Duration doubled = pauseBetweenAttempts.multipliedBy(2);
    pauseBetweenAttempts = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return send(now);
  }

  /// The broker has taken what was tried.
  private void answered(long now) {
    if (!isCatchingUp && backlog.records() <= SHORT) {
      isCatchingUp = true;
      caughtUpByNanos = now + LONGEST_CATCHING_UP.toNanos();
    } else if (!isCatchingUp || now - caughtUpByNanos > 0) {
      isCatchingUp = false;
      reached();
    }
  }

  private long sendNext(long now) {
    boolean isAway = link.isAway();
    isCatchingUp &= isAway;
    sending = backlog.take(isCatchingUp ? SHORT : isAway ? 1 : pace.records());
    isMarked = !isAway || backlog.takenFrom() < overtakenUntil;
    nextChunkNanos = now + pace.every().toNanos();
    return sending.isEmpty() ? 0 : send(now);
  }

  private long send(long now) {
    lastAttemptNanos = now;
    int failedBefore = failed.get();
    for (Shipment shipment : sending) {
      if (failed.get() != failedBefore) {
        // what follows must not arrive before the one that failed
        break;
      }
      if (shipment.fate() == Fate.NEW || shipment.fate() == Fate.FAILED) {
        sender.send(shipment, isMarked, this::settled);
      }
    }
    return IDLE.toNanos();
  }

  private void settled(Shipment shipment, Fate fate, String reason) {
    switch (fate) {
      case STORED -> events.produced(shipment.record().topic());
      case REFUSED -> events.dropped("refused-by-broker", 1);
      case FAILED -> {
        failed.incrementAndGet();
        link.lost(reason);
      }
      case NEW, WAITING -> throw new IllegalStateException("settled without a fate");
    }
    wake();
  }

  /// Ends the thread; nothing is sent any more.
  ///
  /// @return whether it ended in time
  boolean stop() throws InterruptedException {
    lock.lock();
    try {
      isClosing = true;
      wake();
    } finally {
      lock.unlock();
    }
    if (thread.isAlive() && !thread.join(CLOSE_LIMIT)) {
      thread.interrupt();
      return false;
    }
    return true;
  }

  /// Puts on the disk what is not there. To be called after [#stop], when the sender has ended too.
  void close() {
    if (!sending.isEmpty() && sending.stream().allMatch(Shipment::isDone)) {
      backlog.delivered();
    }
    backlog.close();
  }
}
