package io.fleetward.service.kafka;

import io.fleetward.protocol.topics.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure at start that the topics exist.
public final class TopicCreation {
  private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);

  /// Topics with one partition, whatever is asked for: everyone reads all of them.
  private static final Set<String> SINGLE_PARTITION = Set.of(Topics.HEARTBEATS, Topics.HOSTS);

  private static final String TIMESTAMP_TYPE = "message.timestamp.type";
  private static final String BROKERS_TIME = "LogAppendTime";
  private static final int REQUEST_TIMEOUT_MILLIS = 30_000;

  private TopicCreation() {}

  /// Creates missing topics, or names them.
  ///
  /// @throws KafkaUnavailableException if the brokers do not answer, or topics are missing and may
  ///   not be created
  public static void ensure(KafkaSettings settings) throws InterruptedException {
    try (Admin admin = Admin.create(properties(settings))) {
      Set<String> missing = new TreeSet<>(Topics.ALL);
      missing.removeAll(existing(admin, settings));
      Set<String> present = new TreeSet<>(Topics.ALL);
      present.removeAll(missing);
      if (!missing.isEmpty() && !settings.createTopics()) {
        throw new KafkaUnavailableException(
            "topics are missing at %s: %s; create them with %s=%s, or set kafka.create-topics=true"
                .formatted(
                    settings.bootstrapServers(),
                    String.join(", ", missing),
                    TIMESTAMP_TYPE,
                    BROKERS_TIME));
      }
      requireBrokersTime(admin, settings, present);
      create(admin, settings, missing, partitionsOfMetrics(admin, present, settings));
      requireSamePartitions(admin, present);
    } catch (ExecutionException e) {
      throw new KafkaUnavailableException(
          "the topics at %s cannot be described or changed (%s); allow it or set %s=%s on them"
              .formatted(settings.bootstrapServers(), rootOf(e), TIMESTAMP_TYPE, BROKERS_TIME));
    } catch (KafkaException e) {
      // the client refuses what it was given, such as a name that no server answers to
      throw new KafkaUnavailableException(
          "kafka.bootstrap-servers is \"%s\" (%s); write brokers that can be resolved, host:port,host:port"
              .formatted(settings.bootstrapServers(), rootOf(e)));
    }
  }

  private static Map<String, Object> properties(KafkaSettings settings) {
    int limit = Math.toIntExact(settings.startLimit().toMillis());
    Map<String, Object> properties = new HashMap<>(settings.clientProperties());
    properties.put("default.api.timeout.ms", limit);
    properties.put("request.timeout.ms", Math.min(limit, REQUEST_TIMEOUT_MILLIS));
    return properties;
  }

  private static Set<String> existing(Admin admin, KafkaSettings settings)
      throws InterruptedException {
    try {
      return admin
          .listTopics()
          .names()
          .get(settings.startLimit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaUnavailableException(
          "no broker answers at %s within %d s (%s); start it or correct kafka.bootstrap-servers"
              .formatted(
                  settings.bootstrapServers(),
                  settings.startLimit().toSeconds(),
                  e.getCause() == null ? "timeout" : e.getCause().getMessage()));
    }
  }

  /// Topics that something else made, such as a broker that makes them on first use, carry their
  /// writers' times; nothing may be judged by those.
  private static void requireBrokersTime(Admin admin, KafkaSettings settings, Set<String> topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (var entry : admin.describeConfigs(resources).all().get().entrySet()) {
      ConfigEntry type = entry.getValue().get(TIMESTAMP_TYPE);
      if (type == null || !BROKERS_TIME.equals(type.value())) {
        ConfigEntry wanted = new ConfigEntry(TIMESTAMP_TYPE, BROKERS_TIME);
        changes.put(entry.getKey(), List.of(new AlterConfigOp(wanted, AlterConfigOp.OpType.SET)));
      }
    }
    if (changes.isEmpty()) {
      return;
    }
    List<String> names = changes.keySet().stream().map(ConfigResource::name).sorted().toList();
    if (!settings.createTopics()) {
      throw new KafkaUnavailableException(
          "topics without %s=%s: %s; set it, or kafka.create-topics=true"
              .formatted(TIMESTAMP_TYPE, BROKERS_TIME, String.join(", ", names)));
    }
    admin.incrementalAlterConfigs(changes).all().get();
    log.atWarn().addKeyValue("topics", names).log("topics changed to the broker's time");
  }

  /// How many partitions the results of rules across hosts need, so that they come to the hosts'
  /// owners.
  private static int partitionsOfMetrics(Admin admin, Set<String> present, KafkaSettings settings)
      throws ExecutionException, InterruptedException {
    return present.contains(Topics.METRICS)
        ? partitionsOf(admin, List.of(Topics.METRICS)).getOrDefault(Topics.METRICS, 1)
        : settings.partitions();
  }

  private static Map<String, Integer> partitionsOf(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    return partitions;
  }

  private static void requireSamePartitions(Admin admin, Set<String> present)
      throws ExecutionException, InterruptedException {
    if (present.containsAll(Set.of(Topics.METRICS, Topics.RESULTS))) {
      Map<String, Integer> partitions =
          partitionsOf(admin, List.of(Topics.METRICS, Topics.RESULTS));
      if (new TreeSet<>(partitions.values()).size() > 1) {
        throw new KafkaUnavailableException(
            "topics %s and %s need the same number of partitions, not %s; give the second as many as the first"
                .formatted(Topics.METRICS, Topics.RESULTS, partitions));
      }
    }
  }

  private static void create(
      Admin admin, KafkaSettings settings, Set<String> missing, int partitionsOfMetrics)
      throws InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : missing) {
      int partitions =
          SINGLE_PARTITION.contains(name)
              ? 1
              : name.equals(Topics.RESULTS) ? partitionsOfMetrics : settings.partitions();
      topics.add(
          new NewTopic(name, partitions, (short) settings.replication())
              .configs(
                  Map.of(
                      TIMESTAMP_TYPE,
                      BROKERS_TIME,
                      "cleanup.policy",
                      name.equals(Topics.HOSTS) ? "compact" : "delete")));
    }
    for (var created : admin.createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get();
        log.atInfo().addKeyValue("topic", created.getKey()).log("topic created");
      } catch (ExecutionException e) {
        // another instance of the service was faster
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new KafkaUnavailableException(
              "topic %s cannot be created at %s (%s); create it yourself, or correct kafka.partitions and kafka.replication"
                  .formatted(created.getKey(), settings.bootstrapServers(), rootOf(e)));
        }
      }
    }
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root; cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage());
  }
}
