package io.fleetward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Debian's Prometheus as a process of our own: on a free port of the loopback device, with its
/// data in a temporary folder. Closing ends the process and deletes the folder.
public final class PrometheusServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration RULES_EVERY = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Process process;
  private final URI address;

  private PrometheusServer(Path folder, Process process, URI address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /// Starts it without rules and waits until it is ready.
  ///
  /// @throws IOException if it does not start; the message holds the end of its log
  public static PrometheusServer start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fleetward-bench-prometheus");
    int port = freePort();
    writeConfiguration(folder, List.of(), RULES_EVERY);
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--web.enable-lifecycle")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PrometheusServer server =
        new PrometheusServer(folder, process, URI.create("http://127.0.0.1:" + port));
    try {
      server.awaitReady();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void writeConfiguration(Path folder, List<Path> rules, Duration every)
      throws IOException {
    StringBuilder text =
        new StringBuilder(
            "global:%n  evaluation_interval: %ds%nrule_files:%n".formatted(every.toSeconds()));
    rules.forEach(file -> text.append("  - '%s'%n".formatted(file)));
    Files.writeString(folder.resolve("prometheus.yml"), text);
  }

  private void awaitReady() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try {
        if (send(HttpRequest.newBuilder(address.resolve("/-/ready"))).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // not listening yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("Prometheus does not become ready: " + log());
  }

  private String log() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  /// Has it evaluate the rules of a file from now on.
  void evaluate(Path rules) throws IOException, InterruptedException {
    evaluate(rules, RULES_EVERY);
  }

  /// The same, so often.
  public void evaluate(Path rules, Duration every) throws IOException, InterruptedException {
    writeConfiguration(folder, List.of(rules), every);
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(address.resolve("/-/reload")).POST(BodyPublishers.noBody()));
    if (answer.statusCode() != 200) {
      throw new IOException("Prometheus does not take the rules: " + answer.body());
    }
  }

  /// Posts samples.
  ///
  /// @param body a remote-write 1.0 request
  public void write(byte[] body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(address.resolve("/api/v1/write"))
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(BodyPublishers.ofByteArray(body)));
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "Prometheus refuses samples with %d: %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  /// One of its own metrics, summed up over all label sets.
  public double metric(String name) throws IOException, InterruptedException {
    return lines(name)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// With how many label sets it tells one of its own metrics.
  long count(String name) throws IOException, InterruptedException {
    return lines(name).count();
  }

  private Stream<String> lines(String name) throws IOException, InterruptedException {
    String page = send(HttpRequest.newBuilder(address.resolve("/metrics"))).body();
    return page.lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "));
  }

  /// Seconds of processor time it took so far, from /proc.
  public double cpuSeconds() {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new IllegalStateException("the process is gone"))
            .toNanos()
        / 1e9;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      TemporaryFolder.delete(folder);
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be deleted", e);
    } finally {
      http.close();
    }
  }
}
