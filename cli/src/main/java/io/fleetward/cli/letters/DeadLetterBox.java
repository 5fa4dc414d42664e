package io.fleetward.cli.letters;

import io.fleetward.protocol.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The dead letters that Kafka holds.
final class DeadLetterBox {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private DeadLetterBox() {}

  /// The newest letters, oldest first.
  ///
  /// @param most how many at most, and how far back each partition is read
  /// @throws org.apache.kafka.common.KafkaException if the brokers do not answer or refuse
  static List<DeadLetter> read(String bootstrapServers, int most, Predicate<DeadLetter> wanted) {
    try (KafkaConsumer<String, byte[]> consumer = open(bootstrapServers)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEAD_LETTERS, PATIENCE).stream()
              .map(known -> new TopicPartition(known.topic(), known.partition()))
              .toList();
      consumer.assign(partitions);
      List<DeadLetter> letters = new ArrayList<>();
      Map<TopicPartition, Long> ends = seek(consumer, partitions, most);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!isThrough(consumer, ends) && System.nanoTime() - end < 0) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          DeadLetter letter = DeadLetter.of(record);
          if (wanted.test(letter)) {
            letters.add(letter);
          }
        }
      }
      letters.sort(Comparator.comparing(DeadLetter::at));
      return letters.subList(Math.max(0, letters.size() - most), letters.size());
    }
  }

  private static KafkaConsumer<String, byte[]> open(String bootstrapServers) {
    int patience = Math.toIntExact(PATIENCE.toMillis());
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<TopicPartition, Long> seek(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, int most) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    // each transaction leaves a mark that takes an offset of its own
    ends.forEach((partition, end) ->
        consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - 2L * most)));
    return ends;
  }

  private static boolean isThrough(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
