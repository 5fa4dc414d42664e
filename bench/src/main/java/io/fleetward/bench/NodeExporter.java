package io.fleetward.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Debian's node_exporter as a process of our own, with its default collectors.
final class NodeExporter implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus-node-exporter");
  private static final int ATTEMPTS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI page;

  private NodeExporter(Process process, URI page) {
    this.process = process;
    this.page = page;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /// Starts it and waits until it answers.
  static NodeExporter start() throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    NodeExporter exporter =
        new NodeExporter(process, URI.create("http://127.0.0.1:%d/metrics".formatted(port)));
    for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
      try {
        exporter.scrape();
        return exporter;
      } catch (IOException _) {
        // it does not listen yet
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    exporter.close();
    throw new IOException("node_exporter does not answer");
  }

  long process() {
    return process.pid();
  }

  /// Has it read the host.
  void scrape() throws IOException, InterruptedException {
    var _ = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    process.destroy();
    http.close();
  }
}
