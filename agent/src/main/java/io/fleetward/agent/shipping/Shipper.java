package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends records to Kafka on a thread of its own, in order; while the broker is away they wait in a
/// bounded queue. Those that must arrive are tried again, out of order, until they do. [#ship] may
/// be called from any thread and never waits.
public final class Shipper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shipper.class);
  private static final long QUEUE_BYTES = 4L << 20;
  private static final long MOST_IN_FLIGHT_BYTES = 4L << 20;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(3);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(200);

  private final String instance;
  private final BrokerConnection connection;
  private final Supplier<Producer<String, byte[]>> producers;
  private final BrokerClock clock;
  private final HostClock hostClock;
  private final ShippingEvents events;
  private final RecordQueue queue = new RecordQueue(QUEUE_BYTES);
  private final Queue<OutgoingRecord> setAside = new ConcurrentLinkedQueue<>();
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final AtomicLong lastProgressNanos = new AtomicLong();
  private final AtomicBoolean isConnected = new AtomicBoolean();
  private final AtomicBoolean isSilenceTold = new AtomicBoolean();
  private final Thread thread;
  private long triedAgainNanos;
  private volatile boolean isClosing;

  public Shipper(
      String instance,
      BrokerConnection connection,
      BrokerClock clock,
      HostClock hostClock,
      ShippingEvents events) {
    this(
        instance,
        connection,
        () -> new KafkaProducer<>(connection.producer()),
        clock,
        hostClock,
        events);
  }

  Shipper(
      String instance,
      BrokerConnection connection,
      Supplier<Producer<String, byte[]>> producers,
      BrokerClock clock,
      HostClock hostClock,
      ShippingEvents events) {
    this.instance = instance;
    this.producers = producers;
    this.connection = connection;
    this.clock = clock;
    this.hostClock = hostClock;
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("fleetward-shipping").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Takes a record to be sent; the oldest that still wait are dropped where there are too many.
  public void ship(OutgoingRecord outgoing) {
    int dropped = queue.add(outgoing);
    if (dropped > 0) {
      events.dropped("queue-full", dropped);
    }
  }

  /// Bytes that wait for the broker.
  public long waitingBytes() {
    return queue.bytes() + inFlightBytes.get();
  }

  private void run() {
    try {
      Producer<String, byte[]> producer = connect();
      triedAgainNanos = hostClock.monotonicNanos();
      for (Optional<OutgoingRecord> next = queue.take(); next.isPresent(); next = queue.take()) {
        send(producer, next.get());
        tryAgain();
      }
      producer.close(FLUSH_LIMIT);
    } catch (InterruptedException | InterruptException _) {
      // closing took too long; outcomes are still in their files, scrapes are lost
    }
  }

  private Producer<String, byte[]> connect() throws InterruptedException {
    while (true) {
      try {
        return producers.get();
      } catch (KafkaException e) {
        tellOnce(String.valueOf(rootOf(e).getMessage()));
        Thread.sleep(PAUSE_AFTER_FAILURE);
      }
    }
  }

  /// Lets those wait once more that the broker did not take; scrapes see to it that this is asked.
  private void tryAgain() {
    long now = hostClock.monotonicNanos();
    if (!isClosing && now - triedAgainNanos >= TRY_AGAIN_AFTER.toNanos()) {
      triedAgainNanos = now;
      for (OutgoingRecord next = setAside.poll(); next != null; next = setAside.poll()) {
        queue.putBack(next);
      }
    }
  }

  private void send(Producer<String, byte[]> producer, OutgoingRecord outgoing)
      throws InterruptedException {
    watchProgress();
    while (inFlightBytes.get() > MOST_IN_FLIGHT_BYTES) {
      Thread.sleep(LOOK_AGAIN_AFTER);
      watchProgress();
    }
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(
            outgoing.topic(), null, outgoing.timeMillis(), instance, outgoing.value());
    outgoing
        .headers()
        .forEach(
            (name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    long sentAt = hostClock.monotonicNanos();
    inFlightBytes.addAndGet(outgoing.bytes());
    try {
      // what comes of it is told to the callback
      var _ =
          producer.send(
              message,
              (@Nullable RecordMetadata metadata, @Nullable Exception failure) -> {
                inFlightBytes.addAndGet(-outgoing.bytes());
                if (metadata == null || failure != null) {
                  failed(outgoing, failure);
                } else {
                  stored(outgoing, metadata, sentAt);
                }
              });
    } catch (IllegalStateException e) {
      // the producer was closed under us, at the end of the process
      inFlightBytes.addAndGet(-outgoing.bytes());
      tellOnce(String.valueOf(e.getMessage()));
    }
  }

  private void watchProgress() {
    long silence = hostClock.monotonicNanos() - lastProgressNanos.get();
    if (inFlightBytes.get() == 0) {
      lastProgressNanos.set(hostClock.monotonicNanos());
    } else if (silence > LONGEST_SILENCE.toNanos()) {
      tellOnce("nothing was acknowledged for " + Duration.ofSeconds(silence / 1_000_000_000));
    }
  }

  private void stored(OutgoingRecord outgoing, RecordMetadata metadata, long sentAt) {
    lastProgressNanos.set(hostClock.monotonicNanos());
    // a topic that keeps the record's own time tells nothing about the broker's clock
    if (metadata.timestamp() != outgoing.timeMillis()) {
      clock.learn(metadata.timestamp(), sentAt);
    }
    events.produced(outgoing.topic());
    outgoing.whenStored().run();
    if (isConnected.compareAndSet(false, true)) {
      isSilenceTold.set(false);
      log.atInfo().addKeyValue("servers", connection.bootstrapServers()).log("broker reached");
      events.connected();
    }
  }

  private void failed(OutgoingRecord outgoing, @Nullable Exception failure) {
    if (failure instanceof TimeoutException && Thread.currentThread() == thread) {
      // told within send: the producer knows no broker to give it to, or has no room
      if (!isClosing) {
        queue.putBack(outgoing);
      }
      tellOnce(String.valueOf(failure.getMessage()));
    } else if (!outgoing.mayBeDropped()) {
      setAside.add(outgoing);
      tellOnce("%s: %s".formatted(outgoing.topic(), failure));
    } else if (failure instanceof TimeoutException) {
      events.dropped("expired", 1);
      tellOnce(String.valueOf(failure.getMessage()));
    } else {
      events.dropped("refused-by-broker", 1);
      tellOnce("%s: %s".formatted(outgoing.topic(), failure));
    }
  }

  private void tellOnce(String reason) {
    isConnected.set(false);
    if (isSilenceTold.compareAndSet(false, true)) {
      log.atWarn()
          .addKeyValue("servers", connection.bootstrapServers())
          .addKeyValue("reason", reason)
          .log(
              "broker does not take records; collecting goes on, the oldest are dropped when 8 MB"
                  + " wait; start the broker or correct kafka.bootstrap-servers");
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return root;
  }

  /// Sends what is in the producer's hands, for a few seconds at most, and ends the thread.
  @Override
  public void close() {
    isClosing = true;
    queue.close();
    try {
      if (!thread.join(FLUSH_LIMIT)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
