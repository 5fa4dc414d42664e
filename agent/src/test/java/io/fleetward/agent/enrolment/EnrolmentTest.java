package io.fleetward.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.protocol.messages.EnrolmentRequest;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.Envelope;
import io.fleetward.protocol.signing.KeyExchange;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
  @TempDir private Path folder;
  private final List<TrustedKey> enrolled = new ArrayList<>();
  private final List<String> scrapeKeys = new ArrayList<>();
  private boolean refuses;
  private HttpServer service;
  private KeyFiles files;

  /// What comes from the host.
  record Body(String token, String publicKey, Envelope request) {}

  private record Problem(String title, String detail) {}

  @BeforeEach
  void start() throws IOException {
    files = new KeyFiles(folder.resolve("keys/host.key"), folder.resolve("keys/scrape.key"));
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/api/v1/hosts/enrol", this::answer);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Object answer =
        refuses
            ? new Problem("That is not possible now", "web-1 is enrolled with another key")
            : enrol(exchange.getRequestBody().readAllBytes());
    byte[] bytes = MessageCodec.encode(answer);
    exchange.sendResponseHeaders(refuses ? 409 : 201, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private EnrolmentAnswer enrol(byte[] body) {
    Body asked = message(body, Body.class);
    TrustedKey key = TrustedKey.fromPem(EnrolmentRequest.KEY_ID, asked.publicKey());
    if (!(new TrustedKeys(List.of(key))
            .open(MessageCodec.encode(asked.request()), PayloadTypes.ENROLMENT)
        instanceof Opened.Trusted(_, byte[] payload))) {
      throw new AssertionError("not signed by the key that is shown");
    }
    EnrolmentRequest request = message(payload, EnrolmentRequest.class);
    KeyExchange exchange = KeyExchange.begin();
    enrolled.add(key);
    scrapeKeys.add(
        exchange.finish(request.exchange(), request.instance(), key.fingerprint()).toText());
    return new EnrolmentAnswer(request.instance(), key.fingerprint(), exchange.publicHalf());
  }

  private static <T> T message(byte[] bytes, Class<T> type) {
    return switch (MessageCodec.decode(bytes, type)) {
      case Decoded.Message(T message) -> message;
      case Decoded.Malformed(String reason) -> throw new AssertionError(reason);
    };
  }

  private String run(boolean anew)
      throws IOException, InterruptedException, EnrolmentFailedException, NoSuchAlgorithmException {
    URI server = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    return new Enrolment("web-1", server, SSLContext.getDefault()).run("fle_x", files, anew);
  }

  private String fingerprintOnDisk() throws IOException {
    return SigningKey.fromPem("web-1", Files.readString(files.hostKey()))
        .trustedKey()
        .fingerprint();
  }

  @Test
  void leavesWhatTheServiceKnowsInFilesThatOnlyTheOwnerReads() throws Exception {
    String fingerprint = run(false);

    assertThat(fingerprintOnDisk()).isEqualTo(fingerprint);
    assertThat(enrolled).extracting(TrustedKey::fingerprint).containsExactly(fingerprint);
    assertThat(ScrapeKey.fromText(Files.readString(files.scrapeKey())).toText())
        .isEqualTo(scrapeKeys.getFirst());
    for (Path file : List.of(files.hostKey(), files.scrapeKey())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var all = Files.list(folder.resolve("keys"))) {
      assertThat(all).hasSize(2);
    }
  }

  @Test
  void overwritesNothingUnlessToldTo() throws Exception {
    String first = run(false);

    assertThatThrownBy(() -> run(false))
        .isInstanceOf(EnrolmentFailedException.class)
        .hasMessageContaining("--force");
    assertThat(fingerprintOnDisk()).isEqualTo(first);

    assertThat(run(true)).isNotEqualTo(first).isEqualTo(fingerprintOnDisk());
  }

  @Test
  void keepsTheKeysInForceWhenTheServiceRefusesNewOnes() throws Exception {
    String first = run(false);
    String scrapeKey = Files.readString(files.scrapeKey());
    refuses = true;

    assertThatThrownBy(() -> run(true))
        .isInstanceOf(EnrolmentFailedException.class)
        .hasMessage("That is not possible now: web-1 is enrolled with another key");

    assertThat(fingerprintOnDisk()).isEqualTo(first);
    assertThat(Files.readString(files.scrapeKey())).isEqualTo(scrapeKey);
  }

  @Test
  void showsTheSameKeyAgainAfterAnAttemptThatFailed() throws Exception {
    refuses = true;
    assertThatThrownBy(() -> run(false)).isInstanceOf(EnrolmentFailedException.class);
    Path next = folder.resolve("keys/host.key.next");
    String made = Files.readString(next);
    refuses = false;

    run(false);

    assertThat(Files.readString(files.hostKey())).isEqualTo(made);
    assertThat(next).doesNotExist();
  }

  @Test
  void enrolsAKeyThatIsThereAlready() throws Exception {
    Files.createDirectories(folder.resolve("keys"));
    String pem = SigningKey.generate("web-1").signingKey().toPem();
    Files.writeString(files.hostKey(), pem, StandardCharsets.UTF_8);

    run(false);

    assertThat(Files.readString(files.hostKey())).isEqualTo(pem);
  }

  @Test
  void saysThatNobodyAnswers() {
    service.stop(0);
    assertThatThrownBy(() -> run(false))
        .isInstanceOf(EnrolmentFailedException.class)
        .hasMessageContaining("no service answers at http://127.0.0.1:");
  }

  @Test
  void namesWhatIsWrongOnTheCommandLine() {
    assertThat(EnrolMain.run("--help")).isZero();
    assertThat(EnrolMain.run("--tokn", "x")).isEqualTo(2);
    assertThat(EnrolMain.run("--token")).isEqualTo(2);
  }
}
