package io.fleetward.service.ingest;

import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes to Kafka's metrics topic, idempotently, acknowledged by all in-sync replicas. Thread
/// safe.
public final class KafkaMetricsSink implements MetricsSink, AutoCloseable {
  /// A sender waits about 30 s by default; after this it is told to come again.
  private static final int PATIENCE_MILLIS = 10_000;

  private final Map<String, Object> config;
  private volatile @Nullable KafkaProducer<String, byte[]> producer;

  public KafkaMetricsSink(KafkaSettings kafka) {
    config = new HashMap<>(kafka.clientProperties());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "fleetward-ingest");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
  }

  /// Begins to connect; before this nothing can be stored.
  public void open() {
    producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void store(List<Outgoing> records) {
    KafkaProducer<String, byte[]> opened = producer;
    if (opened == null) {
      throw new SinkUnavailableException("the service still waits for Kafka");
    }
    List<Future<RecordMetadata>> pending = new ArrayList<>(records.size());
    try {
      for (Outgoing record : records) {
        ProducerRecord<String, byte[]> outgoing =
            new ProducerRecord<>(Topics.METRICS, record.instance(), record.body());
        outgoing
            .headers()
            .add(Headers.CONTENT_TYPE, Headers.REMOTE_WRITE_2.getBytes(StandardCharsets.UTF_8));
        pending.add(opened.send(outgoing));
      }
      for (Future<RecordMetadata> one : pending) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SinkUnavailableException("the service stops", e);
    } catch (ExecutionException | KafkaException e) {
      throw new SinkUnavailableException("Kafka did not take all: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    KafkaProducer<String, byte[]> opened = producer;
    if (opened != null) {
      opened.close(Duration.ofSeconds(2));
    }
  }
}
