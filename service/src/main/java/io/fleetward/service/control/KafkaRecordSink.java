package io.fleetward.service.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Records to Kafka, each acknowledged by all in-sync replicas. Thread safe.
final class KafkaRecordSink implements RecordSink, AutoCloseable {
  private static final int PATIENCE_MILLIS = 8_000;

  private final Map<String, Object> config;
  private final BrokerClock clock;
  private volatile @Nullable KafkaProducer<String, byte[]> producer;

  KafkaRecordSink(String bootstrapServers, BrokerClock clock) {
    this.config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.CLIENT_ID_CONFIG,
            "fleetward-control",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS / 2,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            5_000);
    this.clock = clock;
  }

  /// Begins to connect; before this nothing can be sent.
  void open() {
    producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(String topic, String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> outgoing =
        key.isEmpty()
            ? new ProducerRecord<>(topic, value)
            : new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> outgoing.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    KafkaProducer<String, byte[]> opened = producer;
    if (opened == null) {
      throw new IllegalStateException("sending to %s before open()".formatted(topic));
    }
    Instant sentAt = clock.localTime();
    try {
      RecordMetadata metadata = opened.send(outgoing).get();
      if (metadata.hasTimestamp()) {
        clock.produced(sentAt, clock.localTime(), Instant.ofEpochMilli(metadata.timestamp()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SendFailedException("stopped while sending to " + topic, e);
    } catch (ExecutionException | KafkaException e) {
      String why = "%s was not acknowledged: %s".formatted(topic, e.getMessage());
      throw e.getCause() instanceof RecordTooLargeException
          ? new OversizedException(why, e)
          : new SendFailedException(why, e);
    }
  }

  @Override
  public void close() {
    KafkaProducer<String, byte[]> opened = producer;
    if (opened != null) {
      opened.close(java.time.Duration.ofSeconds(2));
    }
  }
}
