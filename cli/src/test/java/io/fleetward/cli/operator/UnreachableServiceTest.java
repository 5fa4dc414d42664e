package io.fleetward.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No service, no token, or something else at the address.
class UnreachableServiceTest {
  @TempDir private Path home;

  @BeforeEach
  void saveToken() throws IOException {
    Files.createDirectories(home.resolve(".config/fleetward"));
    Files.writeString(home.resolve(".config/fleetward/token"), "flw_x\n");
  }

  private OperatorRun hosts(int port) {
    return OperatorRun.of(home, Map.of(), "hosts", "--server", "http://127.0.0.1:" + port);
  }

  @Test
  void aRefusedConnectionSaysWhatToCheck() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    OperatorRun run = hosts(port);

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .isEqualTo(
            "cannot reach the service at http://127.0.0.1:%d (ConnectException); check that it runs and that --server names its address\n"
                .formatted(port));
  }

  @ParameterizedTest
  @CsvSource({"200, <html>", "404, not found", "500, ''", "302, {}", "200, null", "200, {}"})
  void somethingElseAtTheAddressIsNoService(int status, String body) throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    other.start();
    try {
      OperatorRun run = hosts(other.getAddress().getPort());

      assertThat(run.status()).isEqualTo(4);
      assertThat(run.err()).contains("is no Fleetward service").contains("check --server");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aMissingTokenSaysHowToGetOne() throws IOException {
    Files.delete(home.resolve(".config/fleetward/token"));

    OperatorRun run = hosts(1);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("/.config/fleetward/token does not exist; make one with fleetward token");
  }

  @Test
  void aTokenFileThatHoldsNoTokenIsBadInput() throws IOException {
    Files.writeString(home.resolve(".config/fleetward/token"), "two words\n");

    assertThat(hosts(1).status()).isEqualTo(2);
    assertThat(hosts(1).err()).contains("holds no token");
  }
}
