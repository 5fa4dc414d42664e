package io.fleetward.service.enrolment;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fleetward.protocol.labels.Re2Expression;
import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.protocol.messages.EnrolmentRequest;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.KeyExchange;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.EnrolmentDesk;
import io.fleetward.service.desk.HostKeyView;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.EnrolmentTokenTable;
import io.fleetward.service.store.HostKeyTable;
import io.fleetward.service.store.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enrols hosts: each step is one transaction, and the registry knows of it before anybody is
/// answered. Thread safe.
public final class Enrolments implements EnrolmentDesk {
  private static final Logger log = LoggerFactory.getLogger(Enrolments.class);
  private static final int LONGEST_INSTANCE = 500;

  private final Database database;
  private final HostRegistry registry;
  private final InstantSource clock;

  public Enrolments(Database database, HostRegistry registry, InstantSource clock) {
    this.database = database;
    this.registry = registry;
    this.clock = clock;
  }

  /// What a host asks for, once it is known to be well-formed and signed by the key that it shows.
  private record Asked(TrustedKey key, EnrolmentRequest request) {
    String instance() {
      return request.instance();
    }
  }

  @Override
  public Made makeToken(TokenWish wish, Person person) {
    try {
      Re2Expression.compile(wish.instances(), 0);
    } catch (PatternSyntaxException e) {
      return new Made.Unusable(
          "\"%s\" is no expression for instances (%s); write one like web-.*"
              .formatted(wish.instances(), e.getDescription()));
    }
    Tokens.Secret secret = Tokens.newSecret(Tokens.ENROLMENT_PREFIX);
    Instant now = clock.instant();
    Instant expiresAt = now.plus(wish.valid());
    database.transaction(ledger -> {
      ledger
          .enrolmentTokens()
          .insert(
              new EnrolmentTokenTable.Row(
                  secret.sha256(),
                  wish.instances(),
                  wish.uses(),
                  wish.replaces(),
                  person.name(),
                  now,
                  expiresAt));
      return true;
    });
    log.atInfo()
        .addKeyValue("person", person.name())
        .addKeyValue("instances", wish.instances())
        .addKeyValue("uses", wish.uses())
        .addKeyValue("until", expiresAt)
        .log("enrolment token made");
    return new Made.Token(secret.text(), expiresAt);
  }

  @Override
  public Enrolled enrol(String token, String publicKey, byte[] request) {
    String sha256 = Tokens.sha256Hex(token);
    // strangers learn nothing about the rest of what they sent
    if (database
        .transaction(ledger -> ledger.enrolmentTokens().find(sha256, clock.instant()))
        .isEmpty()) {
      return new Enrolled.NoSuchToken();
    }
    try {
      TrustedKey shown = TrustedKey.fromPem(EnrolmentRequest.KEY_ID, publicKey);
      Asked asked = asked(shown, request);
      KeyExchange exchange = KeyExchange.begin();
      ScrapeKey scrapeKey =
          exchange.finish(asked.request().exchange(), asked.instance(), shown.fingerprint());
      Enrolled enrolled =
          database.transaction(
              ledger -> recorded(ledger, sha256, asked, scrapeKey, exchange.publicHalf()));
      registry.refresh();
      return enrolled;
    } catch (InvalidKeyFileException | IllegalArgumentException e) {
      return new Enrolled.Malformed(String.valueOf(e.getMessage()));
    }
  }

  /// @throws IllegalArgumentException if it is not what the key's owner asks
  private static Asked asked(TrustedKey shown, byte[] envelope) {
    return switch (new TrustedKeys(List.of(shown)).open(envelope, PayloadTypes.ENROLMENT)) {
      case Opened.Refused(_, String detail) ->
          throw new IllegalArgumentException("the signed request " + detail);
      case Opened.Trusted(_, byte[] payload) ->
          switch (MessageCodec.decode(payload, EnrolmentRequest.class)) {
            case Decoded.Malformed(String reason) -> throw new IllegalArgumentException(reason);
            case Decoded.Message(EnrolmentRequest request)
                when request.instance().isBlank()
                    || request.instance().length() > LONGEST_INSTANCE ->
                throw new IllegalArgumentException(
                    "an instance has 1 to %d characters".formatted(LONGEST_INSTANCE));
            case Decoded.Message(EnrolmentRequest request) -> new Asked(shown, request);
          };
    };
  }

  private Enrolled recorded(
      Ledger ledger, String sha256, Asked asked, ScrapeKey scrapeKey, String exchange) {
    Instant now = clock.instant();
    Optional<EnrolmentTokenTable.Row> found = ledger.enrolmentTokens().find(sha256, now);
    if (found.isEmpty()) {
      return new Enrolled.NoSuchToken();
    }
    EnrolmentTokenTable.Row token = found.get();
    String instance = asked.instance();
    if (!Pattern.matches(token.instances(), instance)) {
      return new Enrolled.Refused(
          "this token is not for %s; make one that is: fleetward hosts token --instance PATTERN"
              .formatted(instance));
    }
    String fingerprint = asked.key().fingerprint();
    Optional<HostKeyTable.Row> same = ledger.hostKeys().find(fingerprint);
    if (same.isPresent() && isTaken(same.get(), instance)) {
      return new Enrolled.Refused(
          "the key %s %s; make a new one on the host with fleetward agent enrol --force"
              .formatted(
                  fingerprint,
                  same.get().revokedAt() == null
                      ? "is that of " + same.get().instance()
                      : "was revoked"));
    }
    Optional<HostKeyTable.Row> other =
        ledger
            .hostKeys()
            .ofInstance(instance)
            .filter(key -> !key.fingerprint().equals(fingerprint));
    if (other.isPresent() && !token.replaces()) {
      return new Enrolled.Refused(
          "%s is enrolled with another key; if it was installed anew, revoke that (fleetward hosts revoke %s) or make a token with --replace, and if another host goes by its name, give each its own agent.instance"
              .formatted(instance, instance));
    }
    other.ifPresent(_ -> ledger.hostKeys().revoke(instance, token.madeBy(), now));
    if (same.isPresent()) {
      ledger.hostKeys().renew(fingerprint, scrapeKey.toText());
    } else {
      ledger
          .hostKeys()
          .insert(
              new HostKeyTable.Row(
                  instance,
                  fingerprint,
                  asked.key().toPem(),
                  scrapeKey.toText(),
                  now,
                  token.madeBy(),
                  null,
                  null));
    }
    ledger.enrolmentTokens().used(sha256);
    log.atInfo()
        .addKeyValue("instance", instance)
        .addKeyValue("fingerprint", fingerprint)
        .addKeyValue("token_by", token.madeBy())
        .addKeyValue("replaced", other.map(HostKeyTable.Row::fingerprint).orElse(""))
        .log("host enrolled");
    return new Enrolled.Recorded(new EnrolmentAnswer(instance, fingerprint, exchange));
  }

  private static boolean isTaken(HostKeyTable.Row key, String instance) {
    return key.revokedAt() != null || !key.instance().equals(instance);
  }

  @Override
  public boolean revoke(String instance, Person person) {
    boolean revoked =
        database.transaction(
            ledger -> ledger.hostKeys().revoke(instance, person.name(), clock.instant()));
    registry.refresh();
    if (revoked) {
      log.atWarn()
          .addKeyValue("instance", instance)
          .addKeyValue("person", person.name())
          .log("host key revoked");
    }
    return revoked;
  }

  @Override
  public List<HostKeyView> keys() {
    return database.transaction(ledger ->
        ledger.hostKeys().list().stream()
            .map(key ->
                new HostKeyView(
                    key.instance(),
                    key.fingerprint(),
                    key.enrolledAt(),
                    key.enrolledBy(),
                    key.revokedAt(),
                    key.revokedBy()))
            .toList());
  }
}
