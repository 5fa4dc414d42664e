package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.acceptance.process.Web;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded.Accepted;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens where the broker, or what must be on it, is not there.
class BrokerDownTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static MachineFiles files;
  private MachinePorts ports;

  @BeforeAll
  static void prepare() {
    files = MachineFiles.prepare(folder.resolve("data"), "host-1");
  }

  @BeforeEach
  void choosePorts() {
    ports = MachinePorts.free();
  }

  @Test
  void theServiceEndsAfterItsStartLimit() throws InterruptedException {
    Ended ended =
        service(Settings.ofService(files).with("kafka.bootstrap-servers", brokerAddress()));

    assertThat(ended.status()).as(ended.output()).isEqualTo(4);
    assertThat(ended.message())
        .startsWith("no broker answers at %s within 2 s (".formatted(brokerAddress()))
        .endsWith("); start it or correct kafka.bootstrap-servers\n");
  }

  @Test
  void theServiceSaysThatNoAddressCanBeResolved() throws InterruptedException {
    Ended ended = service(Settings.ofService(files).with("kafka.bootstrap-servers", "nowhere"));

    assertThat(ended.status()).as(ended.output()).isEqualTo(4);
    assertThat(ended.message())
        .isEqualTo(
            "kafka.bootstrap-servers is \"nowhere\" (Invalid url in bootstrap.servers: nowhere); write brokers that can be resolved, host:port,host:port\n");
  }

  @Test
  void theAgentGoesOnAndDeliversWhatItReadBefore() throws InterruptedException, ExecutionException {
    Path configuration =
        Settings.ofAgent(files)
            .with("kafka.bootstrap-servers", brokerAddress())
            .with("agent.listen", "127.0.0.1:" + ports.agent())
            .writeTo(folder.resolve("agent.properties"));
    URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(ports.agent()));
    try (Launched agent =
        Launched.program(Program.AGENT, folder, "--config", configuration.toString())) {
      agent.await(
          "a first scrape", () -> Web.shows(metrics, "fleetward_agent_scrape_samples [1-9].*"));
      Instant brokerStarts = Instant.now();
      try (Launched broker = broker()) {
        createTopics(Topics.ALL);

        assertThat(timeOfFirstScrape()).isBefore(brokerStarts);
        assertThat(agent.isAlive()).isTrue();
        assertThat(broker.isAlive()).isTrue();
      }
      assertThat(agent.terminate().status()).isZero();
    }
  }

  @Test
  void theServiceNamesTheTopicsThatItMayNotCreate()
      throws InterruptedException, ExecutionException {
    try (Launched broker = broker()) {
      createTopics(
          Topics.ALL.stream()
              .filter(name -> !name.equals(Topics.PLANS) && !name.equals(Topics.ALERTS))
              .toList());

      Ended ended =
          service(
              Settings.ofService(files)
                  .with("kafka.bootstrap-servers", brokerAddress())
                  .with("kafka.create-topics", "false"));

      assertThat(ended.status()).as(ended.output()).isEqualTo(4);
      assertThat(ended.message())
          .isEqualTo(
              "topics are missing at %s: %s, %s; create them with message.timestamp.type=LogAppendTime, or set kafka.create-topics=true\n"
                  .formatted(brokerAddress(), Topics.ALERTS, Topics.PLANS));
      assertThat(broker.isAlive()).isTrue();
    }
  }

  @Test
  void theServiceNamesTheTopicsThatCarryTheirWritersTime()
      throws InterruptedException, ExecutionException {
    try (Launched broker = broker()) {
      createTopics(Topics.ALL);

      Ended ended =
          service(
              Settings.ofService(files)
                  .with("kafka.bootstrap-servers", brokerAddress())
                  .with("kafka.create-topics", "false"));

      assertThat(ended.status()).as(ended.output()).isEqualTo(4);
      assertThat(ended.message())
          .isEqualTo(
              "topics without message.timestamp.type=LogAppendTime: %s; set it, or kafka.create-topics=true\n"
                  .formatted(String.join(", ", new TreeSet<>(Topics.ALL))));
      assertThat(broker.isAlive()).isTrue();
    }
  }

  private Ended service(Settings settings) throws InterruptedException {
    Path file = settings.writeTo(folder.resolve("service.properties"));
    try (Launched service =
        Launched.program(Program.SERVICE, folder, "--config", file.toString())) {
      return service.awaitEnd();
    }
  }

  private Launched broker() throws InterruptedException {
    Launched broker =
        Launched.program(
            Program.BROKER,
            folder,
            folder.resolve("broker-" + ports.broker()).toString(),
            brokerAddress(),
            Integer.toString(ports.controller()));
    broker.await("the broker takes connections", this::takesConnections);
    return broker;
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.broker())) {
      return socket.isConnected();
    } catch (IOException _) {
      // not yet
      return false;
    }
  }

  private void createTopics(List<String> names) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokerAddress()))) {
      admin
          .createTopics(names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
  }

  /// When the oldest scrape in the topic was taken, on the host's own clock.
  private Instant timeOfFirstScrape() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokerAddress()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.METRICS, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(LIMIT).records(partition);
      assertThat(records).isNotEmpty();
      Decoded scrape =
          new RemoteWriteDecoder(DecodeLimits.DEFAULT)
              .decode(records.getFirst().value(), Version.V2);
      assertThat(scrape).isInstanceOf(Accepted.class);
      WriteRequest request = ((Accepted) scrape).request();
      return Instant.ofEpochMilli(request.series().getFirst().timeMillis(0));
    }
  }

  private String brokerAddress() {
    return "127.0.0.1:" + ports.broker();
  }
}
