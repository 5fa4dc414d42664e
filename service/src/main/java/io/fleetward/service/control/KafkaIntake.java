package io.fleetward.service.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads alerts, outcomes and announcements from Kafka, each at least once: an offset is committed
/// only after the transaction that its record led to. Confined to one thread, but for [#wake].
final class KafkaIntake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaIntake.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<String, Object> config;
  private final RecordRouter router;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

  KafkaIntake(String bootstrapServers, RecordRouter router) {
    this.config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.GROUP_ID_CONFIG,
            "fleetward-control",
            ConsumerConfig.CLIENT_ID_CONFIG,
            "fleetward-control",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            200,
            // a killed instance's partitions are taken over after this long
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            6_000,
            // a topic that is made after us is found soon
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            5_000,
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            5_000);
    this.router = router;
  }

  /// Says what to read; nothing is read yet.
  void subscribe() {
    KafkaConsumer<String, byte[]> made =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    made.subscribe(router.topics());
    consumer = made;
  }

  private KafkaConsumer<String, byte[]> subscribed() {
    KafkaConsumer<String, byte[]> made = consumer;
    if (made == null) {
      throw new IllegalStateException("reading before subscribe()");
    }
    return made;
  }

  /// Reads and deals with what has come, waiting a second at most.
  ///
  /// @throws RuntimeException if a record has to be read again; the next call does
  void read() {
    KafkaConsumer<String, byte[]> reader = subscribed();
    ConsumerRecords<String, byte[]> batch;
    try {
      batch = reader.poll(POLL);
    } catch (WakeupException _) {
      // closing
      return;
    }
    Map<TopicPartition, Long> next = new HashMap<>();
    for (TopicPartition partition : batch.partitions()) {
      next.put(partition, batch.records(partition).getFirst().offset());
    }
    boolean whole = false;
    try {
      for (ConsumerRecord<String, byte[]> incoming : batch) {
        router.route(inbound(incoming));
        next.put(new TopicPartition(incoming.topic(), incoming.partition()), incoming.offset() + 1);
      }
      whole = true;
    } finally {
      if (!whole) {
        next.forEach(reader::seek);
      }
      commit(reader, next);
    }
  }

  private static void commit(
      KafkaConsumer<String, byte[]> reader, Map<TopicPartition, Long> dealtWith) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    dealtWith.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
    if (!offsets.isEmpty()) {
      try {
        reader.commitSync(offsets);
      } catch (RetriableException e) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("offsets not committed yet");
      }
    }
  }

  private static Inbound inbound(ConsumerRecord<String, byte[]> incoming) {
    @Nullable String key = incoming.key();
    byte @Nullable [] value = incoming.value();
    return new Inbound(
        incoming.topic(),
        key == null ? "" : key,
        value == null ? new byte[0] : value,
        Instant.ofEpochMilli(incoming.timestamp()));
  }

  /// Ends a [#read] that waits. Thread safe.
  void wake() {
    KafkaConsumer<String, byte[]> made = consumer;
    if (made != null) {
      made.wakeup();
    }
  }

  @Override
  public void close() {
    KafkaConsumer<String, byte[]> made = consumer;
    if (made != null) {
      made.close();
    }
  }
}
