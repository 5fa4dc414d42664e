package io.fleetward.bench;

import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A broker and an agent that ships to it, each started as on a host, in a temporary folder.
/// Closing ends them and deletes the folder.
final class AgentRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final String HOME = "fleetward.home";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final Path folder;
  private final int brokerPort = freePort();
  private final int agentPort = freePort();
  private final Process broker;
  private final Process agent;

  /// Starts both; the agent is on its way when this returns.
  AgentRig(Duration interval) throws IOException, InterruptedException {
    home = Path.of(System.getProperty(HOME, ""));
    if (home.toString().isEmpty()) {
      throw new IOException("-D%s is not set; start with ./fleetward bench".formatted(HOME));
    }
    folder = Files.createTempDirectory("fleetward-bench-agent");
    broker = start("broker", brokerCommand());
    await(this::isBrokerThere, broker, "a broker that answers");
    createTopics();
    Path settings =
        Files.writeString(folder.resolve("agent.properties"), settings(interval, scrapeKey()));
    agent =
        start(
            "agent",
            List.of(
                home.resolve("fleetward").toString(),
                "agent",
                "--config",
                settings.toString(),
                "--stop-with-parent"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private List<String> brokerCommand() throws IOException {
    Path target = home.resolve("cli/target");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "@" + home.resolve("deploy/jvm/broker.args"),
        "-cp",
        "%s/*:%s".formatted(target.resolve("lib"), jarOf(target)),
        "io.fleetward.cli.broker.BrokerMain",
        folder.resolve("broker").toString(),
        address(),
        Integer.toString(freePort()));
  }

  private static Path jarOf(Path target) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "fleetward-cli-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("%s holds no jar; build with: mvn -DskipTests package".formatted(target));
  }

  private Process start(String name, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // what runs is what was built, on the JVM that runs this
    builder.environment().put("FLEETWARD_NO_BUILD", "1");
    builder.environment().put("FLEETWARD_JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectOutput(log(name).toFile()).start();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String address() {
    return "127.0.0.1:" + brokerPort;
  }

  private boolean isBrokerThere() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
      return socket.isConnected();
    } catch (IOException _) {
      // not yet
      return false;
    }
  }

  private void createTopics() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      admin
          .createTopics(
              Topics.ALL.stream()
                  .map(name ->
                      new NewTopic(name, 1, (short) 1)
                          .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                  .toList())
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the topics cannot be created: " + e, e);
    }
  }

  /// An enrolled host: it seals what it ships.
  private Path scrapeKey() throws IOException {
    String key = ScrapeKey.of(new byte[ScrapeKey.BYTES]).toText();
    return Files.writeString(folder.resolve("scrape.key"), key);
  }

  private String settings(Duration interval, Path scrapeKey) {
    return """
    kafka.bootstrap-servers=%s
    agent.instance=bench
    agent.scrape-interval=%dms
    agent.listen=127.0.0.1:%d
    agent.state=%s/state
    agent.trusted-keys=%s/trusted-keys
    agent.host-key=%s/host.key
    agent.scrape-key=%s
    agent.actions=%s/actions
    agent.stop-file=%s/stop
    """
        .formatted(
            address(),
            interval.toMillis(),
            agentPort,
            folder,
            folder,
            folder,
            scrapeKey,
            folder,
            folder);
  }

  /// The agent's process.
  long agent() {
    return agent.pid();
  }

  /// Waits until the agent tells of itself at least so much.
  ///
  /// @throws IOException if it ends before, or takes too long
  void await(String metric, double least) throws IOException, InterruptedException {
    await(() -> metric(metric) >= least, agent, "%s %s".formatted(metric, least));
  }

  private void await(BooleanSupplier isThere, Process process, String what)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isThere.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException("waited in vain for %s; the logs are in %s".formatted(what, folder));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /// What the agent tells of itself; NaN if it does not.
  ///
  /// @param name with its labels
  double metric(String name) {
    try {
      URI page = URI.create("http://127.0.0.1:%d/metrics".formatted(agentPort));
      return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException _) {
      // it does not listen yet
      return Double.NaN;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  /// Ends the broker as a crash would.
  void killBroker() throws InterruptedException {
    broker.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    try {
      agent.destroy();
      if (!agent.waitFor(PATIENCE)) {
        agent.destroyForcibly().waitFor();
      }
      killBroker();
      TemporaryFolder.delete(folder);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be deleted", e);
    } finally {
      http.close();
    }
  }
}
