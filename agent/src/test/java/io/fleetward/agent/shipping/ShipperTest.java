package io.fleetward.agent.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.agent.spool.Spool;
import io.fleetward.agent.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own producer in memory stands for the broker; the test says what becomes of each record.
@Timeout(60)
class ShipperTest implements HostClock {
  private final MockProducer<String, byte[]> broker =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final AtomicLong nanos = new AtomicLong();
  private final RecordedShipping events = new RecordedShipping();
  private final List<String> stored = new CopyOnWriteArrayList<>();
  @TempDir Path folder;
  private int answered;
  private Shipper shipper;

  @BeforeEach
  void start() throws IOException {
    Spool spool = Spool.open(folder, SpoolLimits.of(1 << 20, Duration.ZERO), events);
    shipper =
        new Shipper(
            "web-1",
            "127.0.0.1:1",
            () -> broker,
            new BrokerClock(this),
            this,
            spool,
            Duration.ofSeconds(10),
            events);
    shipper.start();
  }

  @AfterEach
  void close() {
    shipper.close();
  }

  @Test
  void anOutcomeThatTheBrokerDidNotTakeIsSentAgainUntilItDoes() {
    shipper.ship(outcome());
    answer("outcomes", new TimeoutException("away"));
    shipper.ship(scrape());
    answer("metrics", null);

    answer("outcomes", new RecordTooLargeException("too large"));
    nanos.addAndGet(30_000_000_000L);
    shipper.ship(scrape());
    answer("metrics", null);

    answer("outcomes", null);
    assertThat(stored).containsExactly("outcome");
    assertThat(events.dropped).isEmpty();
  }

  /// Answers the next record that is sent.
  private void answer(String topic, @Nullable RuntimeException failure) {
    while (broker.history().size() <= answered) {
      Thread.onSpinWait();
    }
    assertThat(broker.history().get(answered).topic()).isEqualTo(topic);
    answered++;
    assertThat(failure == null ? broker.completeNext() : broker.errorNext(failure)).isTrue();
  }

  private OutgoingRecord outcome() {
    return new OutgoingRecord(
        "outcomes", new byte[1], Map.of(), 0, Patience.UNTIL_STORED, () -> stored.add("outcome"));
  }

  private static OutgoingRecord scrape() {
    return new OutgoingRecord("metrics", new byte[1], Map.of(), 0, Patience.WHILE_THERE_IS_ROOM);
  }

  @Override
  public long wallMillis() {
    return 0;
  }

  @Override
  public long monotonicNanos() {
    return nanos.get();
  }
}
