package io.fleetward.service.kafka;

import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;
import java.util.Map;

/// How the service reaches Kafka.
///
/// @param partitions of the topics that the service creates, 1 to 10,000
/// @param replication of the topics that the service creates, 1 to 10
/// @param createTopics whether missing topics are created; otherwise a missing one ends the start
/// @param startLimit how long to wait for the brokers at start
public record KafkaSettings(
    String bootstrapServers,
    int partitions,
    int replication,
    boolean createTopics,
    Duration startLimit) {

  public static KafkaSettings from(Settings settings) {
    return new KafkaSettings(
        settings.text("kafka.bootstrap-servers"),
        settings.integer("kafka.partitions", 12, 1, 10_000),
        settings.integer("kafka.replication", 1, 1, 10),
        settings.flag("kafka.create-topics", true),
        settings.duration("kafka.start-limit", Duration.ofSeconds(60)));
  }

  /// The properties that every client of ours has.
  public Map<String, Object> clientProperties() {
    return Map.of(
        "bootstrap.servers", bootstrapServers,
        "reconnect.backoff.ms", 200L,
        "reconnect.backoff.max.ms", 5_000L);
  }
}
