package io.fleetward.agent.shipping;

import io.fleetward.agent.settings.ShippingSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/// How the agent reaches Kafka: the settings of its producer and consumer.
///
/// @param client properties of Kafka's own clients, such as for TLS; they go over ours
public record BrokerConnection(
    String bootstrapServers, String clientId, Map<String, String> client) {
  private static final String PREFIX = "kafka.client.";

  /// What delivery once, in order and in time rests on.
  private static final Set<String> OURS =
      Set.of(
          "acks",
          "auto.offset.reset",
          "bootstrap.servers",
          "client.id",
          "delivery.timeout.ms",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "interceptor.classes",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.block.ms",
          "max.in.flight.requests.per.connection",
          "partitioner.class",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private static final Map<String, Object> PRODUCER =
      Map.ofEntries(
          Map.entry("key.serializer", "org.apache.kafka.common.serialization.StringSerializer"),
          Map.entry(
              "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
          Map.entry("acks", "all"),
          Map.entry("enable.idempotence", true),
          Map.entry("buffer.memory", 4L << 20),
          Map.entry("max.block.ms", 3_000),
          Map.entry("request.timeout.ms", 10_000),
          // after that a record is the backlog's
          Map.entry("delivery.timeout.ms", 30_000),
          Map.entry("linger.ms", 0),
          // a broker that is away costs no more than one that is there
          Map.entry("reconnect.backoff.ms", 500),
          Map.entry("reconnect.backoff.max.ms", 10_000),
          Map.entry("retry.backoff.ms", 500),
          Map.entry("retry.backoff.max.ms", 5_000),
          // nobody looks at them there, and what they need is not loaded
          Map.entry("metric.reporters", ""),
          // a record the size of a scrape needs no larger buffers
          Map.entry("batch.size", 64 * 1024),
          Map.entry("enable.metrics.push", false));

  private static final Map<String, Object> CONSUMER =
      Map.ofEntries(
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
          Map.entry("reconnect.backoff.ms", 500),
          Map.entry("reconnect.backoff.max.ms", 10_000),
          Map.entry("retry.backoff.ms", 500),
          Map.entry("retry.backoff.max.ms", 10_000),
          Map.entry("metric.reporters", ""),
          Map.entry("enable.metrics.push", false));

  public BrokerConnection {
    client = Map.copyOf(client);
  }

  /// The connection of one host's agent.
  ///
  /// @throws InvalidConfigurationException with every property that cannot be used
  public static BrokerConnection of(ShippingSettings settings, String instance) {
    BrokerConnection connection =
        new BrokerConnection(
            settings.bootstrapServers(), "fleetward-agent-" + instance, settings.client());
    List<Problem> problems = connection.problems();
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    return connection;
  }

  Map<String, Object> producer() {
    return properties(PRODUCER, Map.of("client.id", clientId, "compression.type", compression()));
  }

  /// The settings of a consumer that is assigned its partitions and commits nothing.
  public Map<String, Object> consumer() {
    return properties(CONSUMER, Map.of("client.id", clientId + "-plans"));
  }

  private Map<String, Object> properties(Map<String, Object> fixed, Map<String, Object> own) {
    Map<String, Object> properties = new TreeMap<>(fixed);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.putAll(own);
    properties.putAll(client);
    return properties;
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, String> property : new TreeMap<>(client).entrySet()) {
      String key = property.getKey();
      if (OURS.contains(key)) {
        problems.add(
            Problem.of(PREFIX + key, "cannot be set, delivery rests on it; remove the line"));
      } else if (!ProducerConfig.configNames().contains(key)
          && !ConsumerConfig.configNames().contains(key)
          && !key.startsWith("sasl.")) {
        problems.add(
            Problem.of(PREFIX + key, "is not known to Kafka's clients; correct or remove it"));
      } else if (key.endsWith(".location") && !Files.isReadable(Path.of(property.getValue()))) {
        problems.add(
            Problem.of(
                PREFIX + key,
                "names %s, which cannot be read; make it readable for the agent"
                    .formatted(property.getValue())));
      }
    }
    if (problems.isEmpty()) {
      checkValues(problems);
    }
    return problems;
  }

  private void checkValues(List<Problem> problems) {
    try {
      var _ = new ProducerConfig(new TreeMap<>(producer()));
      var _ = new ConsumerConfig(new TreeMap<>(consumer()));
    } catch (ConfigException e) {
      problems.add(
          Problem.of(PREFIX + "…", "%s; see Kafka's documentation".formatted(e.getMessage())));
    }
  }

  /// zstd where its native library can be loaded (it unpacks itself into the temporary folder),
  /// else gzip.
  private static String compression() {
    try {
      Class<?> zstd = Utils.loadClass("com.github.luben.zstd.util.Native", Object.class);
      zstd.getMethod("load").invoke(null);
      return "zstd";
    } catch (ReflectiveOperationException | LinkageError _) {
      // a host whose temporary folder forbids executables
      return "gzip";
    }
  }
}
