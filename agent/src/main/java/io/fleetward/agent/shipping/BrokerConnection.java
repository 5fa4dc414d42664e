package io.fleetward.agent.shipping;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/// How the agent reaches Kafka: the settings of its producer and consumer.
public record BrokerConnection(String bootstrapServers, String clientId) {
  /// Records that the producer itself may hold.
  private static final long PRODUCER_BUFFER_BYTES = 8L << 20;

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
  private static final int DELIVERY_TIMEOUT_MILLIS = 600_000;
  private static final int METADATA_PATIENCE_MILLIS = 5_000;

  Map<String, Object> producer() {
    return Map.ofEntries(
        Map.entry("bootstrap.servers", bootstrapServers),
        Map.entry("client.id", clientId),
        Map.entry("key.serializer", "org.apache.kafka.common.serialization.StringSerializer"),
        Map.entry("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
        Map.entry("acks", "all"),
        Map.entry("enable.idempotence", true),
        Map.entry("compression.type", compression()),
        Map.entry("buffer.memory", PRODUCER_BUFFER_BYTES),
        Map.entry("max.block.ms", METADATA_PATIENCE_MILLIS),
        Map.entry("request.timeout.ms", REQUEST_TIMEOUT_MILLIS),
        Map.entry("delivery.timeout.ms", DELIVERY_TIMEOUT_MILLIS),
        Map.entry("linger.ms", 0),
        Map.entry("reconnect.backoff.ms", 250),
        Map.entry("reconnect.backoff.max.ms", 10_000),
        Map.entry("retry.backoff.max.ms", 10_000),
        // a record the size of a scrape needs no larger buffers
        Map.entry("batch.size", 64 * 1024),
        Map.entry("enable.metrics.push", false));
  }

  /// The settings of a consumer that is assigned its partitions and commits nothing.
  public Map<String, Object> consumer() {
    return Map.ofEntries(
        Map.entry("bootstrap.servers", bootstrapServers),
        Map.entry("client.id", clientId + "-plans"),
        Map.entry("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"),
        Map.entry(
            "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"),
        Map.entry("enable.auto.commit", false),
        Map.entry("auto.offset.reset", "latest"),
        Map.entry("isolation.level", "read_committed"),
        Map.entry("fetch.max.wait.ms", 10_000),
        Map.entry("fetch.max.bytes", 1 << 20),
        Map.entry("max.partition.fetch.bytes", 256 * 1024),
        Map.entry("request.timeout.ms", 15_000),
        Map.entry("default.api.timeout.ms", 15_000),
        Map.entry("reconnect.backoff.ms", 250),
        Map.entry("reconnect.backoff.max.ms", 10_000),
        Map.entry("enable.metrics.push", false));
  }

  /// zstd where its native library can be loaded (it unpacks itself into the temporary folder),
  /// else gzip.
  private static String compression() {
    try {
      Class<?> zstd = Utils.loadClass("com.github.luben.zstd.util.Native", Object.class);
      zstd.getMethod("load").invoke(null);
      return "zstd".toLowerCase(Locale.ROOT);
    } catch (ReflectiveOperationException | LinkageError _) {
      // a host whose temporary folder forbids executables
      return "gzip";
    }
  }
}
