package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.DatagramReceiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent as a real process, without a broker.
class AgentProcessTest {
  @TempDir Path folder;

  @Test
  void servesMetricsWithoutABrokerAndEndsWithItsParent() throws Exception {
    Process agent = start(config("agent.listen=127.0.0.1:0"), "--stop-with-parent");
    BufferedReader output = agent.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    assertThat(line).startsWith("metrics on http://127.0.0.1:");

    String page = get(line.substring("metrics on ".length()));

    assertThat(page)
        .contains("# TYPE fleetward_agent_scrape_duration_seconds summary")
        .contains("fleetward_agent_plans_seen_total 0.0")
        .contains("fleetward_agent_clock_offset_seconds NaN")
        .contains("# TYPE process_cpu_seconds_total counter")
        .contains("process_resident_memory_bytes");
    agent.getOutputStream().close();
    assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(agent.exitValue()).isZero();
  }

  @Test
  void endsInGoodOrderAtASignal() throws Exception {
    Process agent = start(config("agent.listen=127.0.0.1:0"));
    assertThat(agent.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("metrics on");

    agent.destroy();

    assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(agent.exitValue()).isZero();
  }

  @Test
  void tellsItsServiceManagerAndReloadsAtTheSignal() throws Throwable {
    String socket = folder.resolve("notify").toString();
    try (DatagramReceiver manager = DatagramReceiver.at(socket)) {
      Path config = config("agent.listen=127.0.0.1:0");
      Process agent = start(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "600000"), config);
      assertThat(manager.next()).startsWith("READY=1\n");
      assertThat(manager.next()).isEqualTo("WATCHDOG=1");

      config("agent.listen=127.0.0.1:0\nagent.labels=zone=b");
      hangUp(agent);
      assertThat(after(manager, "RELOADING=1")).isEqualTo("READY=1\nSTATUS=Collecting");
      config("agent.listen=127.0.0.1:0\nagent.spool-megabytes=9");
      hangUp(agent);
      assertThat(after(manager, "RELOADING=1")).contains("some settings want a restart");
      config("agent.listen=127.0.0.1:0\nagent.colour=red");
      hangUp(agent);
      assertThat(after(manager, "RELOADING=1"))
          .contains("the new settings cannot be used")
          .contains("agent.colour");

      agent.destroy();
      while (!manager.next().startsWith("STOPPING=1")) {
        // it was still alive
      }
      assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.exitValue()).isZero();
    }
  }

  private static void hangUp(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /// What is told next but that it is alive, after something that begins so.
  private static String after(DatagramReceiver manager, String beginning) {
    while (!manager.next().startsWith(beginning)) {
      // alive
    }
    String next = manager.next();
    while (next.equals("WATCHDOG=1")) {
      next = manager.next();
    }
    return next;
  }

  @Test
  void checksAndPrintsWhatIsInForce() throws Exception {
    Process agent = start(config("agent.instance=web-1"), "--check");

    assertThat(textOf(agent)).contains("agent.instance=web-1").contains("actions=[]");
    assertThat(agent.waitFor()).isZero();
  }

  @Test
  void takesWhereTheHostsFilesAreFromItsOptions() throws Exception {
    Process agent =
        start(
            config("agent.sysfs=/elsewhere"),
            "--check",
            "--path.procfs=/host/proc",
            "--path.sysfs",
            "/host/sys",
            "--path.rootfs=/host");

    assertThat(textOf(agent))
        .contains("agent.procfs=/host/proc\nagent.rootfs=/host\n")
        .contains("agent.sysfs=/host/sys\n");
    assertThat(agent.waitFor()).isZero();
  }

  @Test
  void tellsAnOptionWithoutItsFolder() throws Exception {
    Process agent = start(config(""), "--path.sysfs");

    assertThat(errorsOf(agent)).contains("unknown argument \"--path.sysfs\"; see --help");
    assertThat(agent.waitFor()).isEqualTo(2);
  }

  @Test
  void tellsABadConfigurationWithStatus2() throws Exception {
    Process agent = start(config("agent.colour=red"), "--check");

    assertThat(errorsOf(agent)).contains("unknown key \"agent.colour\"");
    assertThat(agent.waitFor()).isEqualTo(2);
  }

  @Test
  void refusesToActWithoutAKeyToSignWith() throws Exception {
    Files.createDirectories(folder.resolve("actions"));
    Files.writeString(folder.resolve("actions/a.yaml"), "action: sync\nrun: [sync]\n");
    Process agent = start(config(""), "--check");

    assertThat(errorsOf(agent)).contains("host.key: is missing, but the host is willing to act");
    assertThat(agent.waitFor()).isEqualTo(2);
  }

  @Test
  void tellsAPortInUseWithStatus4() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process agent = start(config("agent.listen=127.0.0.1:" + taken.getLocalPort()));

      assertThat(errorsOf(agent))
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("set agent.listen to a free address");
      assertThat(agent.waitFor()).isEqualTo(4);
    }
  }

  @Test
  void tellsAnUnusableStateFolderWithStatus4() throws Exception {
    Files.writeString(folder.resolve("state"), "a file");
    Process agent = start(config("agent.listen=127.0.0.1:0"));

    assertThat(errorsOf(agent)).contains("make it writable for the agent or set agent.state");
    assertThat(agent.waitFor()).isEqualTo(4);
  }

  private Path config(String line) throws IOException {
    Path file = folder.resolve("agent.properties");
    Files.writeString(
        file,
        """
        kafka.bootstrap-servers=127.0.0.1:1
        agent.scrape-interval=200ms
        agent.state=%s/state
        agent.trusted-keys=%s/keys
        agent.host-key=%s/host.key
        agent.actions=%s/actions
        agent.stop-file=%s/stop
        %s
        """
            .formatted(folder, folder, folder, folder, folder, line));
    return file;
  }

  private static Process start(Path config, String... more) throws IOException {
    return start(Map.of(), config, more);
  }

  private static Process start(Map<String, String> environment, Path config, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName(),
                "--config",
                config.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String textOf(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String errorsOf(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String get(String address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
