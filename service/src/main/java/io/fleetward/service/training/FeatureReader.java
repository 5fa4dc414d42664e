package io.fleetward.service.training;

import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads the feature rows of all hosts, from some time on. It belongs to no group and commits
/// nothing: whoever trains reads what it needs anew. Confined to one thread.
final class FeatureReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;

  FeatureReader(KafkaSettings kafka, Instant from) {
    Map<String, Object> config = new HashMap<>(kafka.clientProperties());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "fleetward-training");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.FEATURES).stream()
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    consumer.assign(partitions);
    seek(partitions, from);
  }

  private void seek(List<TopicPartition> partitions, Instant from) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      Optional.ofNullable(offsets.get(partition))
          .ifPresentOrElse(
              found -> consumer.seek(partition, found.offset()),
              () -> consumer.seekToEnd(List.of(partition)));
    }
  }

  /// Hands on the rows that have come.
  ///
  /// @param dropped is told of each record that holds no row
  /// @return how many records there were; 0 if none waits
  int read(Consumer<FeatureRow> rows, Runnable dropped) {
    ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
    for (ConsumerRecord<String, byte[]> record : batch) {
      switch (MessageCodec.decode(record.value(), FeatureRow.class)) {
        case Decoded.Message(FeatureRow row) when row.instance().equals(record.key()) ->
            rows.accept(row);
        case Decoded.Message<FeatureRow> _ -> dropped.run();
        case Decoded.Malformed<FeatureRow> _ -> dropped.run();
      }
    }
    return batch.count();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
