package io.fleetward.acceptance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the programs over HTTP, as `curl` would.
public final class Web {
  private Web() {}

  /// What came back.
  public record Answer(int status, String contentType, String body) {}

  public static Answer get(URI uri) throws InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  /// Posts JSON with a bearer token.
  public static Answer post(URI uri, String token, String json) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  public static Answer get(URI uri, String token) throws InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token));
  }

  /// Whether a page is there; for waiting.
  public static boolean answers(URI uri) {
    try {
      return get(uri).status() == 200;
    } catch (UncheckedIOException _) {
      // not yet
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether a page is there and has a line that matches; for waiting.
  public static boolean shows(URI uri, String line) {
    try {
      return answers(uri) && get(uri).body().lines().anyMatch(each -> each.matches(line));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Answer send(HttpRequest.Builder request) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
