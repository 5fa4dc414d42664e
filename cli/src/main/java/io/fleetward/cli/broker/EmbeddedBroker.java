package io.fleetward.cli.broker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.fleetward.protocol.configuration.ListenAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.metadata.storage.FormatterException;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/// A Kafka broker and its KRaft controller in this process, for one machine: replication factor 1,
/// few threads, listening on loopback.
final class EmbeddedBroker {
  private static final int NODE = 1;

  private final Path data;
  private final FileLock lock;
  private final KafkaRaftServer server;

  /// @param data folder for the logs; formatted when it is new
  /// @param listen where clients connect
  /// @param controllerPort the port that the controller listens on; must stay the same for a folder
  /// @throws IOException if the folder cannot be written, or another broker uses it
  EmbeddedBroker(Path data, ListenAddress listen, int controllerPort) throws IOException {
    this.data = data;
    Files.createDirectories(data);
    this.lock = lock(data);
    if (!Files.exists(data.resolve("meta.properties"))) {
      format();
    }
    Properties properties = new Properties();
    properties.putAll(settings(listen, controllerPort));
    this.server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
  }

  /// Kafka's own lock comes too late: by then a second broker would have written into the log.
  private static FileLock lock(Path data) throws IOException {
    FileChannel file = FileChannel.open(data.resolve("fleetward.lock"), CREATE, WRITE);
    @Nullable FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      throw new IOException("another broker uses it, which has to end first");
    }
    return lock;
  }

  private void format() throws IOException {
    String folder = data.toString();
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setPrintStream(quiet)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setDirectories(List.of(folder))
          .setMetadataLogDirectory(folder)
          .setIgnoreFormatted(true)
          .run();
    } catch (FormatterException e) {
      throw new IOException("formatting %s failed: %s".formatted(folder, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Formatter.run declares Exception
      throw new IOException("formatting %s failed".formatted(folder), e);
    }
  }

  private Map<String, String> settings(ListenAddress listen, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE)),
        Map.entry("log.dirs", data.toString()),
        Map.entry(
            "listeners", "CLIENT://%s,CONTROLLER://127.0.0.1:%d".formatted(listen, controllerPort)),
        Map.entry("advertised.listeners", "CLIENT://" + listen),
        Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "CLIENT"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort)),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("default.replication.factor", "1"),
        Map.entry("min.insync.replicas", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "1000"),
        Map.entry("num.network.threads", "1"),
        Map.entry("num.io.threads", "2"),
        Map.entry("num.replica.fetchers", "1"),
        Map.entry("background.threads", "2"),
        Map.entry("log.cleaner.threads", "1"),
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
        Map.entry("log.segment.bytes", "67108864"),
        Map.entry("log.retention.bytes", "1073741824"));
  }

  void start() {
    server.startup();
  }

  void stop() throws IOException {
    server.shutdown();
    server.awaitShutdown();
    lock.acquiredBy().close();
  }
}
