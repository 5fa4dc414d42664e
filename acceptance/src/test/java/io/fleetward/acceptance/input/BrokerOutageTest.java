package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Settings;
import io.fleetward.acceptance.process.Web;
import io.fleetward.agent.linux.Signal;
import io.fleetward.cli.machine.Installation.Program;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded.Accepted;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real broker that goes away and comes back, and an agent that is killed in between.
class BrokerOutageTest {
  /// Enough that they are sent beside what is fresh, not before.
  private static final int LONG = 35;

  private static final String SCRAPES = "fleetward_agent_scrape_duration_seconds_count";

  @TempDir private static Path folder;
  private final MachinePorts ports = MachinePorts.free();
  private long takenByTheKilled;

  /// @param timeMillis when it was taken
  private record Scrape(long timeMillis, boolean isReplayed) {}

  @Test
  void notOneScrapeIsLostAndTheirOrderIsKept() throws InterruptedException, ExecutionException {
    Path configuration =
        Settings.ofAgent(MachineFiles.prepare(folder.resolve("data"), "host-1"))
            .with("kafka.bootstrap-servers", brokerAddress())
            .with("agent.listen", "127.0.0.1:" + ports.agent())
            .with("agent.scrape-interval", "200ms")
            .writeTo(folder.resolve("agent.properties"));
    try (Launched agent = agent(configuration)) {
      try (Launched broker = broker()) {
        createTopics();
        agent.await("scrapes arrive", () -> produced() > 0);
        broker.terminate();
      }
      agent.await("scrapes wait", () -> metric("fleetward_agent_spool_records") > LONG);
      takenByTheKilled = (long) metric(SCRAPES);
      Signal.KILL.sendTo(agent.pid());
      agent.awaitEnd();
    }
    try (Launched agent = agent(configuration)) {
      agent.await("more wait", () -> metric("fleetward_agent_spool_records") > LONG + 10);
      try (Launched broker = broker()) {
        agent.await("nothing waits", () -> metric("fleetward_agent_spool_records") == 0);
        long taken = (long) metric(SCRAPES);
        agent.await("all arrived", () -> distinct(scrapes()) >= takenByTheKilled + taken);
        List<Scrape> scrapes = scrapes();

        assertThat(times(scrapes, false)).isSorted();
        assertThat(times(scrapes, true)).isSorted().hasSizeGreaterThan(LONG);
        assertThat(Web.get(metrics()).body()).doesNotContain("records_dropped_total{");
        assertThat(broker.isAlive()).isTrue();
      }
      assertThat(agent.terminate().status()).isZero();
      assertThat(agent.output().lines().filter(line -> line.contains("broker")).toList())
          .as("the log is not flooded")
          .hasSizeLessThan(6);
    }
  }

  private static long distinct(List<Scrape> scrapes) {
    return scrapes.stream().map(Scrape::timeMillis).distinct().count();
  }

  private double produced() {
    return metric("fleetward_agent_records_produced_total{topic=\"%s\"}".formatted(Topics.METRICS));
  }

  /// A value of the agent's own page; -1 while there is none.
  private double metric(String name) {
    try {
      Matcher line =
          Pattern.compile("^%s (\\S+)$".formatted(Pattern.quote(name)), Pattern.MULTILINE)
              .matcher(Web.get(metrics()).body());
      return line.find() ? Double.parseDouble(line.group(1)) : -1;
    } catch (UncheckedIOException _) {
      // not yet
      return -1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private URI metrics() {
    return URI.create("http://127.0.0.1:%d/metrics".formatted(ports.agent()));
  }

  private static List<Long> times(List<Scrape> scrapes, boolean isReplayed) {
    return scrapes.stream()
        .filter(scrape -> scrape.isReplayed() == isReplayed)
        .map(Scrape::timeMillis)
        .distinct()
        .toList();
  }

  /// All scrapes in the topic, in its order.
  private List<Scrape> scrapes() {
    List<Scrape> scrapes = new ArrayList<>();
    TopicPartition partition = new TopicPartition(Topics.METRICS, 0);
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokerAddress()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          assertThat(decoder.decode(message.value(), Version.V2)).isInstanceOf(Accepted.class);
          Accepted decoded = (Accepted) decoder.decode(message.value(), Version.V2);
          scrapes.add(
              new Scrape(
                  decoded.request().series().getFirst().timeMillis(0),
                  message.headers().lastHeader(Headers.REPLAYED) != null));
        }
      }
    }
    return scrapes;
  }

  private Launched agent(Path configuration) {
    return Launched.program(Program.AGENT, folder, "--config", configuration.toString());
  }

  private Launched broker() throws InterruptedException {
    Launched broker =
        Launched.program(
            Program.BROKER,
            folder,
            folder.resolve("broker").toString(),
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

  private void createTopics() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokerAddress()))) {
      admin
          .createTopics(Topics.ALL.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
  }

  private String brokerAddress() {
    return "127.0.0.1:" + ports.broker();
  }
}
