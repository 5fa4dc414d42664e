package io.fleetward.bench.fleet;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.protocol.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Plain Kafka consumers beside the service.
final class TopicConsumer {
  private static final String FAULT_ALERT = "NodeTextFileCollectorScrapeError";

  private TopicConsumer() {}

  private static KafkaConsumer<String, byte[]> open(String address, String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, FleetRig.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    consumer.assign(partitions);
    return consumer;
  }

  /// Reads so many records from the beginning of the metrics topic and does nothing with them.
  static void readMetrics(String address, long records) {
    try (KafkaConsumer<String, byte[]> consumer = open(address, Topics.METRICS)) {
      consumer.seekToBeginning(consumer.assignment());
      long read = 0;
      while (read < records) {
        read += consumer.poll(Duration.ofSeconds(10)).count();
      }
    }
  }

  /// Hears alerts from now on, on a thread of its own, until it is closed.
  static final class Alerts implements AutoCloseable {
    private final Map<String, Long> firingSeenAt = new ConcurrentHashMap<>();
    private final Map<String, Integer> transitions = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    Alerts(String address) {
      thread = Thread.ofPlatform().daemon().name("alerts").start(() -> read(address));
    }

    private void read(String address) {
      try (KafkaConsumer<String, byte[]> consumer = open(address, Topics.ALERTS)) {
        consumer.seekToEnd(consumer.assignment());
        while (!closed) {
          ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
          long now = System.currentTimeMillis();
          for (ConsumerRecord<String, byte[]> record : records) {
            hear(record, now);
          }
        }
      }
    }

    private void hear(ConsumerRecord<String, byte[]> record, long now) {
      if (MessageCodec.decode(record.value(), AlertMessage.class) instanceof Message(var alert)) {
        transitions.merge(alert.state().getClass().getSimpleName(), 1, Integer::sum);
        if (alert.state() instanceof AlertMessage.State.Firing
            && FAULT_ALERT.equals(alert.labels().get("alertname"))) {
          firingSeenAt.putIfAbsent(record.key(), now);
        }
      }
    }

    /// When the fault's alert was first seen to fire, by instance, in this machine's ms.
    Map<String, Long> firingSeenAt() {
      return firingSeenAt;
    }

    @Override
    public void close() {
      closed = true;
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /// Messages by state; to be called after the end.
    Map<String, Integer> messages() {
      return transitions;
    }
  }
}
