package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.Shipment.Fate;
import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// Hands records to Kafka's producer, which it makes when one is needed and makes anew when one has
/// become useless. Thread safe; the record settles later, on the producer's thread.
final class RecordSender {
  /// Is told what becomes of every record.
  @FunctionalInterface
  interface Settled {
    /// @param fate told beside the shipment, which may have been sent again by now
    /// @param reason why it was not stored
    void settled(Shipment shipment, Fate fate, String reason);
  }

  private final String instance;
  private final Supplier<Producer<String, byte[]>> producers;
  private final BrokerClock clock;
  private final HostClock hostClock;
  private final AtomicReference<@Nullable Producer<String, byte[]>> current =
      new AtomicReference<>();
  private volatile boolean isClosed;

  RecordSender(
      String instance,
      Supplier<Producer<String, byte[]>> producers,
      BrokerClock clock,
      HostClock hostClock) {
    this.instance = instance;
    this.producers = producers;
    this.clock = clock;
    this.hostClock = hostClock;
  }

  /// Sends a record; may wait for a few seconds while no broker is known.
  void send(Shipment shipment, boolean isReplayed, Settled settled) {
    OutgoingRecord record = shipment.record();
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(record.topic(), null, record.timeMillis(), instance, record.value());
    record
        .headers()
        .forEach(
            (name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    if (isReplayed) {
      message.headers().add(Headers.REPLAYED, new byte[] {'1'});
    }
    shipment.sent(hostClock.monotonicNanos());
    Producer<String, byte[]> used = null;
    try {
      Producer<String, byte[]> producer = producer();
      used = producer;
      // what comes of it is told to the callback
      var _ =
          producer.send(
              message,
              (metadata, failure) -> settle(shipment, producer, metadata, failure, settled));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      // no address can be resolved, or the producer was closed under us
      settle(shipment, used, null, e, settled);
    }
  }

  private synchronized Producer<String, byte[]> producer() {
    if (isClosed) {
      throw new IllegalStateException("shipping has ended");
    }
    Producer<String, byte[]> made = current.get();
    if (made == null) {
      made = producers.get();
      current.set(made);
    }
    return made;
  }

  private void settle(
      Shipment shipment,
      @Nullable Producer<String, byte[]> used,
      @Nullable RecordMetadata metadata,
      @Nullable Exception failure,
      Settled settled) {
    if (metadata != null && failure == null) {
      learn(shipment, metadata);
      shipment.settle(Fate.STORED);
      settled.settled(shipment, Fate.STORED, "");
    } else {
      Fate fate = fateOf(failure, used);
      shipment.settle(fate);
      settled.settled(shipment, fate, failure == null ? "no answer" : rootOf(failure).toString());
    }
  }

  private void learn(Shipment shipment, RecordMetadata metadata) {
    // a topic that keeps the record's own time tells nothing about the broker's clock
    if (metadata.timestamp() != shipment.record().timeMillis()) {
      clock.learn(metadata.timestamp(), shipment.sentNanos());
    }
  }

  private Fate fateOf(@Nullable Exception failure, @Nullable Producer<String, byte[]> used) {
    return switch (failure) {
      case RetriableException _, AuthenticationException _, AuthorizationException _ -> Fate.FAILED;
      case ApiException _ -> Fate.REFUSED;
      case null, default -> {
        // the producer says that it can go on no more, or that it was closed
        retire(used);
        yield Fate.FAILED;
      }
    };
  }

  /// Has the next record make a producer anew. Takes no lock: on the producer's own thread it would
  /// wait for whoever waits for that thread to end.
  private void retire(@Nullable Producer<String, byte[]> useless) {
    if (useless != null && current.compareAndSet(useless, null)) {
      useless.close(Duration.ZERO);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return root;
  }

  /// Waits for what is on its way; what has not arrived by then has failed.
  void close(Duration patience) {
    isClosed = true;
    Producer<String, byte[]> last = current.getAndSet(null);
    if (last != null) {
      last.close(patience);
    }
  }
}
