package io.fleetward.bench.fleet;

import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends the records of all hosts to the metrics topic as their agents would: each record in a
/// batch of its own, compressed with zstd. Confined to one thread.
final class FleetFeed implements AutoCloseable {
  private static final int SLOTS = 100;

  private final FleetRecords records;
  private final int hosts;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /// When the first record of a fault was appended, by host, in the broker's ms.
  private final Map<String, Long> faultsAppendedAt = new ConcurrentHashMap<>();

  private long step;
  private final long firstTime;

  /// @param history how many scrapes of each host come at once, before the others
  FleetFeed(String address, FleetRecords records, int hosts, long history) {
    this.records = records;
    this.hosts = hosts;
    this.firstTime = System.currentTimeMillis() - history * FleetRecords.INTERVAL_MILLIS;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd",
                ProducerConfig.BATCH_SIZE_CONFIG,
                1,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                240_000),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /// Sends so many scrapes of each host at once.
  void sendHistory(long steps) {
    for (long i = 0; i < steps; i++) {
      for (int host = 0; host < hosts; host++) {
        send(host, firstTime + step * FleetRecords.INTERVAL_MILLIS, false);
      }
      step++;
    }
    producer.flush();
    throwIfFailed();
  }

  /// Sends scrapes in real time, each host at its own moment of the interval.
  ///
  /// @param watched whether to remember when faults began
  void sendLive(Duration period, boolean watched) throws InterruptedException {
    long interval = FleetRecords.INTERVAL_MILLIS;
    long begin = System.nanoTime();
    for (long round = 0; round * interval < period.toMillis(); round++) {
      for (int slot = 0; slot < SLOTS; slot++) {
        long due =
            begin + TimeUnit.MILLISECONDS.toNanos(round * interval + slot * interval / SLOTS);
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        for (int host = slot; host < hosts; host += SLOTS) {
          send(host, System.currentTimeMillis(), watched);
        }
      }
      step++;
    }
    producer.flush();
    throwIfFailed();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  private void send(int host, long timeMillis, boolean watched) {
    String name = FleetRecords.name(host);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.METRICS, name, records.record(host, step, timeMillis));
    record
        .headers()
        .add(Headers.CONTENT_TYPE, Headers.REMOTE_WRITE_2.getBytes(StandardCharsets.UTF_8))
        .add(Headers.COMPLETE, "1".getBytes(StandardCharsets.UTF_8));
    boolean beginsFault =
        watched && records.isFaulty(host, step) && !records.isFaulty(host, step - 1);
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failure.set(exception);
          } else if (beginsFault) {
            faultsAppendedAt.put(name, metadata.timestamp());
          }
        });
  }

  private void throwIfFailed() {
    Exception exception = failure.get();
    if (exception != null) {
      throw new IllegalStateException("a record could not be sent", exception);
    }
  }

  /// Scrapes of each host so far.
  long steps() {
    return step;
  }

  /// When the first record of each watched fault was appended, by instance.
  Map<String, Long> faultsAppendedAt() {
    return Map.copyOf(faultsAppendedAt);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
