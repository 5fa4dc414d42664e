package io.fleetward.bench.fleet;

import io.fleetward.bench.ProcessUse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running service, seen from outside: its process, its metrics, its heap.
final class ServiceProcess implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Pattern USED =
      Pattern.compile(
          "^\\s*(?:DefNew|Tenured|garbage-first)\\b[^,]*, used (\\d+)K", Pattern.MULTILINE);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Path log;

  ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// What it has used and done so far.
  ///
  /// @param cpuSeconds of the whole process
  record Reading(double cpuSeconds, double residentBytes, double samples, long nanoTime) {
    double seconds(Reading later) {
      return (later.nanoTime - nanoTime) / 1e9;
    }

    double cores(Reading later) {
      return (later.cpuSeconds - cpuSeconds) / seconds(later);
    }

    double samplesPerCpuSecond(Reading later) {
      return (later.samples - samples) / (later.cpuSeconds - cpuSeconds);
    }
  }

  long pid() {
    return process.pid();
  }

  Reading read() throws IOException, InterruptedException {
    double samples = metric("fleetward_scoring_samples_total");
    ProcessUse use = ProcessUse.of(process.pid());
    return new Reading(
        use.cpuMillis() / 1e3,
        use.residentBytes(),
        Double.isNaN(samples) ? 0 : samples,
        System.nanoTime());
  }

  /// Waits until it has scored so many samples.
  Reading await(double samples, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      double scored = metric("fleetward_scoring_samples_total");
      if (scored >= samples) {
        return read();
      }
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException(
            "the service scored %.0f of %.0f samples and %s; the end of its log:%n%s"
                .formatted(
                    scored, samples, process.isAlive() ? "takes too long" : "ended", tail()));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }

  /// One of its metrics, summed up over all label sets; NaN if it does not tell it.
  double metric(String name) throws InterruptedException {
    try {
      URI page = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
      double[] values =
          http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
              .body()
              .lines()
              .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .toArray();
      return values.length == 0 ? Double.NaN : java.util.Arrays.stream(values).sum();
    } catch (IOException _) {
      // it does not listen yet
      return Double.NaN;
    }
  }

  /// The bytes that live after a full collection.
  double liveHeapBytes() throws IOException, InterruptedException {
    command("GC.run");
    Matcher used = USED.matcher(command("GC.heap_info"));
    double kilobytes = 0;
    while (used.find()) {
      kilobytes += Double.parseDouble(used.group(1));
    }
    return kilobytes * 1_024;
  }

  /// Has the JVM do something.
  ///
  /// @return what it said
  String command(String... words) throws IOException, InterruptedException {
    java.util.ArrayList<String> all =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(process.pid())));
    all.addAll(List.of(words));
    Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return said;
  }

  /// Ends it as a crash would.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }
}
