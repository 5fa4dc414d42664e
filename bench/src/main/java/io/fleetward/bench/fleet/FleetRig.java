package io.fleetward.bench.fleet;

import io.fleetward.bench.TemporaryFolder;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A broker and services that read from it, each a process of its own as in production, in a
/// temporary folder. Closing ends them and deletes the folder.
final class FleetRig implements AutoCloseable {
  static final int PARTITIONS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final String HOME = "fleetward.home";

  private final Path home;
  private final Path folder;
  private final int brokerPort = freePort();
  private final Process broker;
  private final List<ServiceProcess> services = new ArrayList<>();

  /// Starts the broker and makes the topics.
  FleetRig() throws IOException, InterruptedException {
    home = Path.of(System.getProperty(HOME, ""));
    if (home.toString().isEmpty()) {
      throw new IOException("-D%s is not set; start with ./fleetward bench".formatted(HOME));
    }
    folder = Files.createTempDirectory("fleetward-bench-fleet");
    broker =
        start(
            "broker",
            java(
                "broker",
                "cli",
                List.of("-Xmx512m"),
                "io.fleetward.cli.broker.BrokerMain",
                folder.resolve("broker").toString(),
                address(),
                Integer.toString(freePort())));
    awaitBroker();
    createTopics();
  }

  Path home() {
    return home;
  }

  Path folder() {
    return folder;
  }

  String address() {
    return "127.0.0.1:" + brokerPort;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The command line of one of our programs with the product's JVM options.
  private List<String> java(
      String options, String module, List<String> more, String main, String... arguments)
      throws IOException {
    Path target = home.resolve(module).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("@" + home.resolve("deploy/jvm/" + options + ".args"));
    command.addAll(more);
    command.add("-cp");
    command.add("%s/*:%s".formatted(target.resolve("lib"), jarOf(target, module)));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path jarOf(Path target, String module) throws IOException {
    String name = "fleetward-%s-*.jar".formatted(module);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, name)) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("%s holds no jar; build with: mvn -DskipTests package".formatted(target));
  }

  private Process start(String name, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private void awaitBroker() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isBrokerThere()) {
      if (!broker.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException("the broker does not answer; its log is in " + folder);
      }
      Thread.sleep(LOOK_AGAIN);
    }
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
                      new NewTopic(name, partitions(name), (short) 1)
                          .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                  .toList())
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the topics cannot be created: " + e, e);
    }
  }

  private static int partitions(String topic) {
    return topic.equals(Topics.HOSTS) || topic.equals(Topics.HEARTBEATS) ? 1 : PARTITIONS;
  }

  /// Starts a service.
  ///
  /// @param heap most of the heap, as `-Xmx` has it
  ServiceProcess startService(FleetFiles files, String heap) throws IOException {
    int number = services.size();
    Path own = Files.createDirectories(folder.resolve("service-" + number));
    int port = freePort();
    SigningKey.Generated key = SigningKey.generate("bench");
    Files.writeString(own.resolve("key.pem"), key.signingKey().toPem());
    Files.setPosixFilePermissions(
        own.resolve("key.pem"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.writeString(own.resolve("tokens.yaml"), "tokens: []\n");
    Path settings =
        Files.writeString(
            own.resolve("service.properties"),
            """
            kafka.bootstrap-servers=%s
            kafka.partitions=%d
            api.listen=127.0.0.1:%d
            api.tokens=%s/tokens.yaml
            scoring.rules=%s
            scoring.models=%s
            %s
            control.database=%s/control
            control.policies=%s
            control.actions=%s
            control.signing-key=%s/key.pem
            """
                .formatted(
                    address(),
                    PARTITIONS,
                    port,
                    own,
                    files.rules(),
                    files.models(),
                    files.standbys() == 0 ? "" : "scoring.standby-replicas=" + files.standbys(),
                    own,
                    home.resolve("policies"),
                    home.resolve("actions"),
                    own));
    Process process =
        start(
            "service-" + number,
            java(
                "service",
                "service",
                List.of("-Xms" + heap, "-Xmx" + heap),
                "io.fleetward.service.ServiceMain",
                "--config",
                settings.toString(),
                "--stop-with-parent"));
    ServiceProcess service =
        new ServiceProcess(process, port, folder.resolve("service-" + number + ".log"));
    services.add(service);
    return service;
  }

  @Override
  public void close() {
    services.forEach(ServiceProcess::close);
    try {
      broker.destroyForcibly().waitFor();
      TemporaryFolder.delete(folder);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be deleted", e);
    }
  }
}
