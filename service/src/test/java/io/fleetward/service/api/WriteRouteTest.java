package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.ingest.MetricsSink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteRouteTest {
  private static final byte[] ONE_SAMPLE = samples(Labels.of("__name__", "up", "instance", "a"));
  private static final byte[] SAMPLE_AND_LOST_SAMPLE =
      samples(Labels.of("__name__", "up", "instance", "a"), Labels.of("__name__", "lost"));

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private static byte[] samples(Labels... series) {
    SeriesLayout layout = new SeriesLayout(List.of(series));
    byte[] plain =
        new RemoteWriteEncoder().encode(new Scrape(layout, 1000, new double[series.length]));
    SnappyJavaCompressor snappy = new SnappyJavaCompressor();
    byte[] compressed = new byte[snappy.maxCompressedLength(plain.length)];
    int length = snappy.compress(plain, 0, plain.length, compressed, 0, compressed.length);
    return Arrays.copyOf(compressed, length);
  }

  private RunningApi api(MetricsSink sink) {
    return new RunningApi(
        folder,
        RunningApi.desksOf(new DeskOfOneIncident()),
        List.of(),
        new IngestSettings(1_000_000, 2, 1, Optional.empty()),
        sink);
  }

  private HttpRequest request(RunningApi api, String person, byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + api.server.port() + WriteRoute.PATH))
        .header("Authorization", "Bearer " + api.secret(person))
        .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
        .header("Content-Encoding", "snappy")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> send(RunningApi api, String person, byte[] body) throws Exception {
    return client.send(request(api, person, body), BodyHandlers.ofString());
  }

  @Test
  void storedSamplesAreCountedInTheHeaders() throws Exception {
    try (RunningApi api = api(_ -> {})) {
      HttpResponse<String> response = send(api, "sender", ONE_SAMPLE);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
      assertThat(response.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
          .contains("1");
      assertThat(response.headers().firstValue("X-Prometheus-Remote-Write-Histograms-Written"))
          .contains("0");
    }
  }

  @Test
  void whatIsWrongIsSaidWithItsStatus() throws Exception {
    try (RunningApi api = api(_ -> {})) {
      assertThat(send(api, "viewer", ONE_SAMPLE).statusCode()).isEqualTo(403);
      HttpResponse<String> bad = send(api, "sender", new byte[] {1, 2, 3});
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.body()).contains("no snappy block");
      assertThat(
              send(api, "sender", new byte[IngestSettings.MOST_COMPRESSED_BYTES + 1]).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void aPartlyWrittenRequestSaysHowMuchWasWritten() throws Exception {
    try (RunningApi api = api(_ -> {})) {
      HttpResponse<String> response = send(api, "sender", SAMPLE_AND_LOST_SAMPLE);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
          .contains("1");
      assertThat(response.body()).contains("1 samples have no label");
    }
  }

  @Test
  void whatIsNoRemoteWriteIsAnUnsupportedMediaType() throws Exception {
    try (RunningApi api = api(_ -> {})) {
      HttpRequest json =
          HttpRequest.newBuilder(request(api, "sender", ONE_SAMPLE), (_, _) -> true)
              .setHeader("Content-Type", "application/json")
              .build();
      HttpRequest gzip =
          HttpRequest.newBuilder(request(api, "sender", ONE_SAMPLE), (_, _) -> true)
              .setHeader("Content-Encoding", "gzip")
              .build();

      assertThat(client.send(json, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
      assertThat(client.send(gzip, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }
  }

  @Test
  void whoSendsTooMuchAtOnceIsToldSoAndThenTooManyAre() throws Exception {
    Semaphore storing = new Semaphore(0);
    CountDownLatch mayEnd = new CountDownLatch(1);
    MetricsSink slow =
        _ -> {
          storing.release();
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (RunningApi api = api(slow)) {
      CompletableFuture<HttpResponse<String>> first = later(api, "sender");
      storing.acquire();
      HttpResponse<String> second = send(api, "sender", ONE_SAMPLE);
      CompletableFuture<HttpResponse<String>> other = later(api, "admin");
      storing.acquire();
      HttpResponse<String> third = send(api, "sender", ONE_SAMPLE);
      mayEnd.countDown();

      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("Retry-After")).contains("1");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(first.get().statusCode()).isEqualTo(204);
      assertThat(other.get().statusCode()).isEqualTo(204);
      assertThat(send(api, "sender", ONE_SAMPLE).statusCode()).isEqualTo(204);
    }
  }

  private CompletableFuture<HttpResponse<String>> later(RunningApi api, String person) {
    return client.sendAsync(request(api, person, ONE_SAMPLE), BodyHandlers.ofString());
  }
}
