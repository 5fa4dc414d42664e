package io.fleetward.cli.machine;

import io.fleetward.cli.machine.Installation.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Broker, service and agent as three processes of this machine, started in order and stopped in
/// reverse. Thread safe: [#close] may come from a shutdown hook while another thread waits for a
/// process to be ready.
public final class Machine implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Installation installation;
  private final MachineFiles files;
  private final MachinePorts ports;
  private final Duration scrapeInterval;
  private final HttpClient http = HttpClient.newHttpClient();

  private @Nullable ManagedProcess broker;
  private @Nullable ManagedProcess service;
  private @Nullable ManagedProcess agent;
  private boolean closed;

  public Machine(
      Installation installation, MachineFiles files, MachinePorts ports, Duration scrapeInterval) {
    this.installation = installation;
    this.files = files;
    this.ports = ports;
    this.scrapeInterval = scrapeInterval;
  }

  /// Starts the broker and waits until it takes connections.
  public void startBroker() throws InterruptedException {
    ports.requireFree();
    ManagedProcess started;
    synchronized (this) {
      started =
          start(
              "broker",
              Program.BROKER,
              List.of(
                  files.brokerData().toString(),
                  brokerAddress(),
                  Integer.toString(ports.controller())));
      broker = started;
    }
    started.awaitReady(() -> accepts(ports.broker()), START_LIMIT);
  }

  /// Starts the service and waits until it says that it is ready.
  public void startService() throws InterruptedException {
    ManagedProcess started;
    synchronized (this) {
      started =
          start(
              "service",
              Program.SERVICE,
              List.of("--config", serviceConfiguration(), "--stop-with-parent"));
      service = started;
    }
    started.awaitReady(() -> answers(serviceUri().resolve("/health/ready")), START_LIMIT);
  }

  /// Enrols this host if it is not yet, starts the agent and waits until it can be scraped.
  public void startAgent() throws InterruptedException {
    new OwnEnrolment(files, serviceUri()).ensure();
    ManagedProcess started;
    synchronized (this) {
      started =
          start(
              "agent",
              Program.AGENT,
              List.of("--config", agentConfiguration(), "--stop-with-parent"));
      agent = started;
    }
    started.awaitReady(() -> answers(agentUri().resolve("/metrics")), START_LIMIT);
  }

  /// Kills the service as a crash would.
  public synchronized void killService() throws InterruptedException {
    if (service != null) {
      service.kill();
    }
  }

  private synchronized ManagedProcess start(String name, Program program, List<String> arguments) {
    if (closed) {
      throw new MachineException("the %s is not started, because everything ends".formatted(name));
    }
    return ManagedProcess.start(
        name,
        installation.command(program, arguments),
        installation.environment(program),
        files.logs().resolve(name + ".log"));
  }

  private String serviceConfiguration() {
    return files
        .writeProperties(
            "service.properties",
            Map.ofEntries(
                Map.entry("kafka.bootstrap-servers", brokerAddress()),
                Map.entry("kafka.partitions", "1"),
                Map.entry("api.listen", "127.0.0.1:" + ports.api()),
                Map.entry("api.tokens", files.tokens().toString()),
                Map.entry("scoring.rules", installation.rules().toString()),
                Map.entry("scoring.fleet.interval", scrapeInterval.toMillis() + "ms"),
                Map.entry("scoring.fleet.grace", scrapeInterval.toMillis() + "ms"),
                Map.entry("scoring.models", installation.models().toString()),
                Map.entry("reload.watch", "2s"),
                Map.entry("control.database", files.serviceData().resolve("database").toString()),
                Map.entry("control.policies", installation.policies().toString()),
                Map.entry("control.actions", installation.actions().toString()),
                Map.entry("control.signing-key", files.signingKey().toString())))
        .toString();
  }

  private String agentConfiguration() {
    return files
        .writeProperties(
            "agent.properties",
            Map.ofEntries(
                Map.entry("kafka.bootstrap-servers", brokerAddress()),
                Map.entry("agent.instance", files.instance()),
                Map.entry("agent.scrape-interval", scrapeInterval.toMillis() + "ms"),
                Map.entry("agent.listen", "127.0.0.1:" + ports.agent()),
                Map.entry("agent.state", files.agentState().toString()),
                Map.entry("agent.trusted-keys", files.trustedKeys().toString()),
                Map.entry("agent.host-key", files.hostKey().toString()),
                Map.entry("agent.scrape-key", files.scrapeKey().toString()),
                Map.entry("agent.actions", files.allowList().toString()),
                Map.entry("agent.stop-file", files.folder().resolve("stop").toString())))
        .toString();
  }

  public MachineFiles files() {
    return files;
  }

  public String brokerAddress() {
    return "127.0.0.1:" + ports.broker();
  }

  public URI serviceUri() {
    return URI.create("http://127.0.0.1:" + ports.api());
  }

  public URI agentUri() {
    return URI.create("http://127.0.0.1:" + ports.agent());
  }

  /// Fails if one of the processes has ended.
  ///
  /// @throws MachineException naming the process, with its last words
  public synchronized void requireAlive() {
    requireAlive("broker", broker);
    requireAlive("service", service);
    requireAlive("agent", agent);
  }

  private static void requireAlive(String name, @Nullable ManagedProcess process) {
    if (process != null && !process.isAlive()) {
      throw MachineException.whileRunning(
          "the %s has ended unexpectedly; its last words (%s):\n%s"
              .formatted(name, process.log(), process.lastWords()));
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      // not yet
      return false;
    }
  }

  private boolean answers(URI uri) {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      // not yet
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Stops what was started, in reverse order.
  @Override
  public synchronized void close() {
    closed = true;
    try {
      for (ManagedProcess process : new @Nullable ManagedProcess[] {agent, service, broker}) {
        if (process != null) {
          process.stop();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
