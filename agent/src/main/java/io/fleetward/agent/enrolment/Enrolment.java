package io.fleetward.agent.enrolment;

import io.fleetward.agent.enrolment.EnrolmentFailedException.Reason;
import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.protocol.messages.EnrolmentRequest;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.Envelope;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.KeyExchange;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// Shows a host's key to a service and agrees with it on a scrape key.
///
/// @param instance the host's identity
/// @param server the service's address
/// @param tls trust in the service's certificate
public record Enrolment(String instance, URI server, SSLContext tls) {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /// What goes to the service.
  private record Body(String token, String publicKey, Envelope request) {}

  /// What comes back if it says no.
  private record Refusal(String title, String detail) {}

  /// Enrols the host: afterwards the files hold what the service knows it by.
  ///
  /// @param anew whether to make a new key though there is one
  /// @return the fingerprint of the host's key
  /// @throws IOException if a file cannot be read or written
  public String run(String token, KeyFiles files, boolean anew)
      throws IOException, InterruptedException, EnrolmentFailedException {
    if (files.areThere() && !anew) {
      throw new EnrolmentFailedException(
          Reason.BAD_INPUT,
          "%s and %s exist, so this host was enrolled; --force makes new keys, with a token made with --replace or after fleetward hosts revoke"
              .formatted(files.hostKey(), files.scrapeKey()));
    }
    SigningKey key = candidate(files, anew);
    KeyExchange exchange = KeyExchange.begin();
    EnrolmentRequest request = new EnrolmentRequest(instance, exchange.publicHalf());
    EnrolmentAnswer answer =
        ask(
            new Body(
                token,
                key.trustedKey().toPem(),
                key.sign(PayloadTypes.ENROLMENT, MessageCodec.encode(request))));
    String fingerprint = key.trustedKey().fingerprint();
    if (!answer.instance().equals(instance) || !answer.fingerprint().equals(fingerprint)) {
      throw strange("it enrolled another host or key");
    }
    try {
      ScrapeKey scrapeKey = exchange.finish(answer.exchange(), instance, fingerprint);
      files.keep(scrapeKey.toText());
      return fingerprint;
    } catch (IllegalArgumentException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
  }

  private static SigningKey candidate(KeyFiles files, boolean anew)
      throws IOException, EnrolmentFailedException {
    try {
      return files.candidate(EnrolmentRequest.KEY_ID, anew);
    } catch (InvalidKeyFileException e) {
      throw new EnrolmentFailedException(
          Reason.BAD_INPUT,
          "%s: %s; --force puts a new key in its place".formatted(files.hostKey(), e.getMessage()));
    }
  }

  private EnrolmentAnswer ask(Body body) throws InterruptedException, EnrolmentFailedException {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .sslContext(tls)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(server.toString().replaceAll("/+$", "") + "/api/v1/hosts/enrol"))
              .timeout(ANSWER_LIMIT)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json")
              .POST(BodyPublishers.ofByteArray(MessageCodec.encode(body)))
              .build();
      return answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new EnrolmentFailedException(
          Reason.UNREACHABLE,
          "no service answers at %s (%s); name its address with --server".formatted(server, e));
    }
  }

  private EnrolmentAnswer answer(HttpResponse<byte[]> response) throws EnrolmentFailedException {
    if (response.statusCode() == 201) {
      return switch (MessageCodec.decode(response.body(), EnrolmentAnswer.class)) {
        case Decoded.Message(EnrolmentAnswer answer) -> answer;
        case Decoded.Malformed(String reason) -> throw strange(reason);
      };
    }
    throw switch (MessageCodec.decode(response.body(), Refusal.class)) {
      case Decoded.Message(Refusal(String title, String detail)) ->
          new EnrolmentFailedException(Reason.REFUSED, "%s: %s".formatted(title, detail));
      case Decoded.Malformed<Refusal> _ -> strange("status " + response.statusCode());
    };
  }

  private EnrolmentFailedException strange(String what) {
    return new EnrolmentFailedException(
        Reason.UNREACHABLE,
        "what answers at %s is no Fleetward service of this version (%s); name its address with --server"
            .formatted(server, what));
  }
}
