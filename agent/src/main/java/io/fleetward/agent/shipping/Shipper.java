package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.agent.shipping.Shipment.Fate;
import io.fleetward.agent.spool.Spool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

/// Sends records to Kafka on a thread of its own, in order. Scrapes that the broker does not take
/// in time go to the backlog, and so do all that follow until it is back. Records that must arrive
/// are tried again, out of order, until they do. [#ship] may be called from any thread and never
/// waits.
public final class Shipper implements AutoCloseable {
  private static final long QUEUE_BYTES = 4L << 20;
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(3);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

  private final HostClock hostClock;
  private final ShippingEvents events;
  private final RecordQueue queue = new RecordQueue(QUEUE_BYTES);
  private final Queue<OutgoingRecord> setAside = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isJustReached = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Link link;
  private final RecordSender sender;
  private final Backlog backlog;
  private final Replay replay;
  private final Thread thread;

  /// Scrapes that the producer has, oldest first; on the thread only.
  private final ArrayDeque<Shipment> inFlight = new ArrayDeque<>();

  private long triedAgainNanos;

  /// @param spool what an earlier run left is sent first; closed with this
  /// @param scrapeInterval how often a scrape is shipped
  public Shipper(
      String instance,
      BrokerConnection connection,
      BrokerClock clock,
      HostClock hostClock,
      Spool spool,
      Duration scrapeInterval,
      ShippingEvents events) {
    this(
        instance,
        connection.bootstrapServers(),
        () -> new KafkaProducer<>(connection.producer()),
        clock,
        hostClock,
        spool,
        scrapeInterval,
        events);
  }

  Shipper(
      String instance,
      String servers,
      Supplier<Producer<String, byte[]>> producers,
      BrokerClock clock,
      HostClock hostClock,
      Spool spool,
      Duration scrapeInterval,
      ShippingEvents events) {
    this.hostClock = hostClock;
    this.events = events;
    this.link =
        spool.isEmpty()
            ? Link.untried(servers, hostClock, this::justReached)
            : Link.away(servers, hostClock, this::justReached);
    this.sender = new RecordSender(instance, producers, clock, hostClock);
    this.backlog = new Backlog(spool, hostClock, events);
    this.replay =
        new Replay(backlog, sender, link, ReplayPace.of(scrapeInterval), hostClock, events);
    this.triedAgainNanos = hostClock.monotonicNanos();
    this.thread = Thread.ofPlatform().daemon().name("fleetward-shipping").unstarted(this::run);
  }

  public void start() {
    replay.start();
    thread.start();
  }

  /// Takes a record to be sent; the oldest that still wait are dropped where there are too many.
  public void ship(OutgoingRecord outgoing) {
    int dropped = queue.add(outgoing);
    if (dropped > 0) {
      events.dropped("queue-full", dropped);
    }
  }

  /// Whether records that are shipped get any further; not after an end that nobody asked for.
  public boolean isRunning() {
    return thread.isAlive();
  }

  /// Bytes in memory that wait for the broker or the disk.
  public long waitingBytes() {
    return queue.bytes() + backlog.memoryBytes();
  }

  /// Records that were not sent when it was their time.
  public long backlogRecords() {
    return backlog.records();
  }

  /// Bytes on the disk that wait for the broker.
  public long backlogBytes() {
    return backlog.diskBytes();
  }

  /// When the oldest record of the backlog was taken, in ms on the host's clock; empty if none
  /// waits.
  public Optional<Long> backlogSinceMillis() {
    return Optional.of(backlog.oldestMillis()).filter(millis -> millis != Long.MAX_VALUE);
  }

  private void justReached() {
    isJustReached.set(true);
    queue.wake();
  }

  private void run() {
    try {
      while (!queue.isEnded()) {
        Optional<OutgoingRecord> next =
            queue.take(inFlight.isEmpty() ? TRY_AGAIN_AFTER : LONGEST_SILENCE);
        watch();
        next.ifPresent(this::handOn);
        if (isJustReached.getAndSet(false)) {
          events.connected();
          tryAgain();
        } else if (hostClock.monotonicNanos() - triedAgainNanos >= TRY_AGAIN_AFTER.toNanos()) {
          tryAgain();
        }
      }
    } catch (InterruptedException | InterruptException _) {
      // closing took too long; outcomes are still in their files
    }
  }

  /// Looks at what the producer has, and gives to the backlog what it did not get rid of.
  private void watch() {
    inFlight.removeIf(Shipment::isDone);
    Shipment oldest = inFlight.peekFirst();
    if (oldest == null) {
      return;
    }
    long silence = hostClock.monotonicNanos() - oldest.sentNanos();
    if (!link.isAway() && oldest.isWaiting() && silence >= LONGEST_SILENCE.toNanos()) {
      link.lost("nothing was acknowledged for %d s".formatted(silence / 1_000_000_000));
    }
    if (link.isAway() || oldest.fate() == Fate.FAILED) {
      inFlight.forEach(replay::keep);
      inFlight.clear();
    }
  }

  private void handOn(OutgoingRecord outgoing) {
    Shipment shipment = new Shipment(outgoing);
    switch (outgoing.patience()) {
      case WHILE_THERE_IS_ROOM -> {
        boolean isKept = replay.keepWhileAway(shipment);
        if (!isKept) {
          inFlight.addLast(shipment);
        }
        if (!isKept || backlog.hangs()) {
          sender.send(shipment, false, this::settled);
        }
      }
      case UNTIL_STORED -> {
        if (link.isAway()) {
          setAside.add(outgoing);
        } else {
          sender.send(shipment, false, this::settled);
        }
      }
      case NOW_OR_NEVER -> {
        if (!link.isAway()) {
          sender.send(shipment, false, this::settled);
        }
      }
    }
  }

  /// Lets those wait no longer that the broker did not take.
  private void tryAgain() {
    triedAgainNanos = hostClock.monotonicNanos();
    if (!link.isAway()) {
      for (OutgoingRecord next = setAside.poll(); next != null; next = setAside.poll()) {
        queue.add(next);
      }
    }
  }

  private void settled(Shipment shipment, Fate fate, String reason) {
    OutgoingRecord outgoing = shipment.record();
    switch (fate) {
      case STORED -> stored(outgoing);
      case REFUSED -> refused(outgoing);
      case FAILED -> failed(outgoing, reason);
      case NEW, WAITING -> throw new IllegalStateException("settled without a fate");
    }
    if (outgoing.patience() == Patience.WHILE_THERE_IS_ROOM) {
      replay.wake();
    }
  }

  private void stored(OutgoingRecord outgoing) {
    events.produced(outgoing.topic());
    outgoing.whenStored().run();
    if (link.isUntried() || backlog.hangs()) {
      replay.reached();
    }
  }

  private void refused(OutgoingRecord outgoing) {
    if (outgoing.patience() == Patience.UNTIL_STORED) {
      setAside.add(outgoing);
    } else {
      events.dropped("refused-by-broker", 1);
    }
  }

  private void failed(OutgoingRecord outgoing, String reason) {
    if (outgoing.patience() == Patience.UNTIL_STORED) {
      setAside.add(outgoing);
    }
    link.lost("%s: %s".formatted(outgoing.topic(), reason));
    queue.wake();
  }

  /// Sends what is in the producer's hands, for a few seconds at most; what has not arrived by then
  /// goes to the disk.
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    queue.close();
    boolean hasStopped = false;
    try {
      if (thread.isAlive() && !thread.join(FLUSH_LIMIT)) {
        thread.interrupt();
        thread.join(FLUSH_LIMIT);
      }
      hasStopped = replay.stop() && !thread.isAlive();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sender.close(link.isAway() ? Duration.ZERO : FLUSH_LIMIT);
    if (hasStopped) {
      inFlight.stream().filter(shipment -> !shipment.isDone()).forEach(replay::keep);
      replay.close();
    }
  }
}
