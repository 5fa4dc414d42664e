package io.fleetward.agent.scraping;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/// An exporter whose page a test sets. Thread safe.
final class PageServer implements AutoCloseable {
  private static final byte[] COMMENT = "# nothing\n".getBytes(StandardCharsets.US_ASCII);

  /// How the page is sent.
  enum Body {
    WHOLE,
    ENDLESS,
    TRICKLING
  }

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger answered = new AtomicInteger();
  private volatile String page = "";
  private volatile String contentType = "text/plain; version=0.0.4";
  private volatile int status = 200;
  private volatile boolean isPacked;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile Body shape = Body.WHOLE;
  private volatile String location = "";
  volatile String authorization = "";

  PageServer(HttpServer server) {
    this.server = server;
    server.setExecutor(executor);
    server.createContext("/metrics", this::answer);
    server.start();
  }

  static PageServer open() throws IOException {
    return new PageServer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      CountDownLatch latch = held;
      latch.await();
      authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      byte[] body = page.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      if (isPacked) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(body);
        }
        body = packed.toByteArray();
      }
      if (!location.isEmpty()) {
        exchange.getResponseHeaders().set("Location", location);
      }
      exchange.sendResponseHeaders(status, shape == Body.WHOLE ? body.length : 0);
      do {
        exchange.getResponseBody().write(shape == Body.WHOLE ? body : COMMENT);
        if (shape == Body.TRICKLING) {
          exchange.getResponseBody().flush();
          LockSupport.parkNanos(10_000_000);
        }
      } while (shape != Body.WHOLE);
      answered.incrementAndGet();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void serve(String newPage) {
    page = newPage;
  }

  void answerWith(Body newShape) {
    shape = newShape;
  }

  void sendTo(URI newLocation) {
    location = newLocation.toString();
  }

  void serveAs(String newContentType) {
    contentType = newContentType;
  }

  void answerWith(int newStatus) {
    status = newStatus;
  }

  void pack() {
    isPacked = true;
  }

  /// Lets nobody have an answer until [#release].
  void hold() {
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  int answered() {
    return answered.get();
  }

  URI url(String scheme) {
    return URI.create("%s://127.0.0.1:%d/metrics".formatted(scheme, server.getAddress().getPort()));
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    executor.shutdownNow();
  }
}
