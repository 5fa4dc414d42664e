package io.fleetward.service.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.protocol.messages.EnrolmentRequest;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.KeyExchange;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.EnrolmentDesk.Enrolled;
import io.fleetward.service.desk.EnrolmentDesk.Made;
import io.fleetward.service.desk.EnrolmentDesk.TokenWish;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentsTest {
  private static final Person ADMIN = new Person("adam");
  private static final byte[] VALUE = "cpu 1".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T10:00:00Z"));
  private Database database;
  private HostRegistry registry;
  private Enrolments desk;

  @BeforeEach
  void open() {
    database = DatabaseFile.open(folder);
    registry = new HostRegistry(database);
    desk = new Enrolments(database, registry, now::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /// A host with a key of its own.
  private record Host(String instance, SigningKey key, KeyExchange exchange) {
    static Host of(String instance) {
      return new Host(
          instance, SigningKey.generate(EnrolmentRequest.KEY_ID).signingKey(), KeyExchange.begin());
    }

    byte[] request() {
      return MessageCodec.encode(
          key.sign(
              PayloadTypes.ENROLMENT,
              MessageCodec.encode(new EnrolmentRequest(instance, exchange.publicHalf()))));
    }

    String fingerprint() {
      return key.trustedKey().fingerprint();
    }

    ScrapeKey scrapeKey(Enrolled enrolled) {
      EnrolmentAnswer answer = ((Enrolled.Recorded) enrolled).answer();
      return exchange.finish(answer.exchange(), instance, fingerprint());
    }
  }

  private String token(TokenWish wish) {
    return ((Made.Token) desk.makeToken(wish, ADMIN)).secret();
  }

  private String token() {
    return token(new TokenWish(Duration.ofHours(1), "web-.*", 1, false));
  }

  private Enrolled enrol(Host host, String token) {
    return desk.enrol(token, host.key().trustedKey().toPem(), host.request());
  }

  private boolean isSealedByWeb1(ScrapeKey key) {
    return registry
        .find("web-1")
        .map(known -> known.verifies(key.seal("web-1", "t", VALUE), "web-1", "t", VALUE))
        .orElse(false);
  }

  private Opened openOutcomeOf(Host host) {
    SigningKey named = SigningKey.fromPem(host.instance(), host.key().toPem());
    return registry.open(
        MessageCodec.encode(named.sign(PayloadTypes.OUTCOME, VALUE)), PayloadTypes.OUTCOME);
  }

  @Test
  void aHostThatIsEnrolledIsKnownByBothItsKeys() {
    Host host = Host.of("web-1");

    ScrapeKey key = host.scrapeKey(enrol(host, token()));

    assertThat(isSealedByWeb1(key)).isTrue();
    assertThat(registry.trusts("web-1", host.fingerprint())).isTrue();
    assertThat(openOutcomeOf(host)).isInstanceOf(Opened.Trusted.class);
    HostRegistry another = new HostRegistry(database);
    assertThat(another.trusts("web-1", host.fingerprint())).isTrue();
    assertThat(another.find("web-1").map(ScrapeKey::toText)).isEqualTo(Optional.of(key.toText()));
  }

  @Test
  void aTokenIsForItsUsesItsTimeAndItsInstances() {
    String once = token();
    assertThat(enrol(Host.of("web-1"), once)).isInstanceOf(Enrolled.Recorded.class);
    assertThat(enrol(Host.of("web-2"), once)).isInstanceOf(Enrolled.NoSuchToken.class);

    String twice = token(new TokenWish(Duration.ofHours(1), ".*", 2, false));
    assertThat(enrol(Host.of("web-2"), twice)).isInstanceOf(Enrolled.Recorded.class);
    assertThat(enrol(Host.of("web-3"), twice)).isInstanceOf(Enrolled.Recorded.class);
    assertThat(enrol(Host.of("web-4"), twice)).isInstanceOf(Enrolled.NoSuchToken.class);

    assertThat(enrol(Host.of("db-1"), token())).isInstanceOf(Enrolled.Refused.class);
    assertThat(enrol(Host.of("a-web-5"), token())).isInstanceOf(Enrolled.Refused.class);
    assertThat(enrol(Host.of("web-6"), "fle_guessed")).isInstanceOf(Enrolled.NoSuchToken.class);

    String late = token();
    now.set(now.get().plus(Duration.ofHours(1)));
    assertThat(enrol(Host.of("web-7"), late)).isInstanceOf(Enrolled.NoSuchToken.class);
  }

  @Test
  void tokensAreNotKeptInClear() {
    String token = token();
    String kept =
        database
            .jdbi()
            .withHandle(handle ->
                handle.createQuery("SELECT * FROM enrolment_token").mapToMap().list().toString());
    assertThat(kept).doesNotContain(token).doesNotContain(token.substring(4));
  }

  @Test
  void aHostInstalledAnewIsRefusedUnlessItsOldKeyIsRevoked() {
    Host old = Host.of("web-1");
    ScrapeKey oldKey = old.scrapeKey(enrol(old, token()));
    Host anew = Host.of("web-1");
    String token = token();

    assertThat(enrol(anew, token)).isInstanceOf(Enrolled.Refused.class);
    assertThat(isSealedByWeb1(oldKey)).isTrue();

    assertThat(desk.revoke("web-1", ADMIN)).isTrue();
    assertThat(isSealedByWeb1(oldKey)).isFalse();
    assertThat(registry.trusts("web-1", old.fingerprint())).isFalse();
    assertThat(openOutcomeOf(old)).isInstanceOf(Opened.Refused.class);

    // the refusal did not use it up
    ScrapeKey newKey = anew.scrapeKey(enrol(anew, token));
    assertThat(isSealedByWeb1(newKey)).isTrue();
    assertThat(isSealedByWeb1(oldKey)).isFalse();
  }

  @Test
  void orUnlessTheTokenAllowsToReplaceIt() {
    Host old = Host.of("web-1");
    enrol(old, token());
    Host anew = Host.of("web-1");

    Enrolled enrolled = enrol(anew, token(new TokenWish(Duration.ofHours(1), "web-1", 1, true)));

    assertThat(isSealedByWeb1(anew.scrapeKey(enrolled))).isTrue();
    assertThat(registry.trusts("web-1", old.fingerprint())).isFalse();
    assertThat(desk.keys())
        .extracting(key -> key.revokedAt() == null)
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aRevokedKeyStaysRevoked() {
    Host host = Host.of("web-1");
    enrol(host, token());
    desk.revoke("web-1", ADMIN);

    assertThat(enrol(host, token())).isInstanceOf(Enrolled.Refused.class);
    assertThat(desk.revoke("web-1", ADMIN)).isFalse();
    assertThat(registry.find("web-1")).isEmpty();
  }

  @Test
  void aHostThatLostTheAnswerAsksAgainWithTheSameKey() {
    Host host = Host.of("web-1");
    enrol(host, token());
    Host again = new Host("web-1", host.key(), KeyExchange.begin());

    ScrapeKey key = again.scrapeKey(enrol(again, token()));

    assertThat(isSealedByWeb1(key)).isTrue();
    assertThat(desk.keys()).hasSize(1);
  }

  @Test
  void aKeyThatTheHostDoesNotHaveIsNotRecorded() {
    Host victim = Host.of("web-1");
    Host thief = Host.of("web-1");

    assertThat(desk.enrol(token(), victim.key().trustedKey().toPem(), thief.request()))
        .isInstanceOf(Enrolled.Malformed.class);
    assertThat(desk.enrol(token(), "no key", thief.request()))
        .isInstanceOf(Enrolled.Malformed.class);
    assertThat(desk.keys()).isEmpty();
  }

  @Test
  void anExpressionThatIsNoneMakesNoToken() {
    assertThat(desk.makeToken(new TokenWish(Duration.ofHours(1), "web-(", 1, false), ADMIN))
        .isInstanceOf(Made.Unusable.class);
  }
}
