package io.fleetward.agent.scraping;

import io.fleetward.agent.scraping.RefusedPageException.Reason;
import io.fleetward.agent.settings.ExporterSettings;
import io.fleetward.protocol.exposition.PageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Fetches an exporter's page into a buffer that is used again. Confined to the exporter's thread.
final class PageFetch {
  /// More than the budget of all exporters together can come of, comments included.
  private static final int MOST_BYTES = 1 << 20;

  private static final int OK = 200;

  private final ExporterSettings settings;
  private final URL url;
  private final @Nullable SSLSocketFactory trust;
  private byte[] bytes = new byte[16 << 10];
  private int length;

  /// @throws IOException if its certificate authority's file cannot be used
  PageFetch(ExporterSettings settings) throws IOException {
    this.settings = settings;
    this.url = settings.url().toURL();
    this.trust =
        settings.certificateAuthority().isEmpty()
            ? null
            : CertificateTrust.of(Path.of(settings.certificateAuthority()));
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Fetches the page as it is now.
  ///
  /// @throws RefusedPageException if it is not to be had in time, or is no page of metrics
  PageFormat fetch() throws RefusedPageException {
    try {
      return fetch(System.nanoTime() + settings.timeout().toNanos());
    } catch (SocketTimeoutException e) {
      throw new RefusedPageException(Reason.TIMEOUT, e.toString());
    } catch (IOException e) {
      throw new RefusedPageException(Reason.UNREACHABLE, e.toString());
    }
  }

  private PageFormat fetch(long deadline) throws IOException, RefusedPageException {
    HttpURLConnection connection = connection();
    boolean isRead = false;
    try {
      PageFormat format = format(connection);
      try (InputStream body = connection.getInputStream()) {
        boolean isPacked = "gzip".equalsIgnoreCase(connection.getContentEncoding());
        readAll(isPacked ? new GZIPInputStream(body, 4 << 10) : body, deadline);
      }
      isRead = true;
      return format;
    } finally {
      if (!isRead) {
        // whatever is still to come of it must not be taken for the next answer
        connection.disconnect();
      }
    }
  }

  private static PageFormat format(HttpURLConnection connection)
      throws IOException, RefusedPageException {
    int status = connection.getResponseCode();
    if (status / 100 == 3) {
      throw new RefusedPageException(
          Reason.STATUS,
          "sent us elsewhere with status %d; write the address where its page is"
              .formatted(status));
    }
    if (status != OK) {
      throw new RefusedPageException(Reason.STATUS, "answered with status " + status);
    }
    String type = Optional.ofNullable(connection.getContentType()).orElse("");
    return PageFormat.of(type)
        .orElseThrow(() ->
            new RefusedPageException(
                Reason.NOT_METRICS, "answered with %s, no page of metrics".formatted(type)));
  }

  private HttpURLConnection connection() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    int timeout = Math.toIntExact(Math.max(1, settings.timeout().toMillis()));
    connection.setConnectTimeout(timeout);
    connection.setReadTimeout(timeout);
    connection.setUseCaches(false);
    // a token is for the address that was written down, and nobody else
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", PageFormat.ACCEPT);
    connection.setRequestProperty("User-Agent", "fleetward-agent");
    connection.setRequestProperty(
        "X-Prometheus-Scrape-Timeout-Seconds", Double.toString(timeout / 1e3));
    // on the host itself packing costs more than it spares
    connection.setRequestProperty("Accept-Encoding", isOnThisHost() ? "identity" : "gzip");
    if (!settings.bearerTokenFile().isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + token());
    }
    if (trust != null && connection instanceof HttpsURLConnection secured) {
      secured.setSSLSocketFactory(trust);
    }
    return connection;
  }

  private String token() throws IOException {
    String token = Files.readString(Path.of(settings.bearerTokenFile())).strip();
    if (!token.matches("[!-~]+")) {
      throw new IOException(
          "%s holds no token; write one line of letters, digits and signs there"
              .formatted(settings.bearerTokenFile()));
    }
    return token;
  }

  private boolean isOnThisHost() {
    String host = settings.url().getHost();
    return host.equals("localhost")
        || (host.matches("[0-9.]+|\\[.*]") && isLoopback(host.replaceAll("[\\[\\]]", "")));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      // then it will not be reached either
      return false;
    }
  }

  private void readAll(InputStream body, long deadline) throws IOException, RefusedPageException {
    length = 0;
    for (int count; (count = body.read(bytes, length, bytes.length - length)) >= 0; ) {
      length += count;
      if (length == bytes.length) {
        if (length >= MOST_BYTES) {
          throw new RefusedPageException(
              Reason.TOO_LARGE, "its page is larger than %d bytes".formatted(MOST_BYTES));
        }
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new SocketTimeoutException("its page took longer than " + settings.timeout());
      }
    }
  }
}
