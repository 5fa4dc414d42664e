package io.fleetward.service.access;

import io.fleetward.service.desk.Desk.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tokens that open the API. Immutable.
public record Tokens(List<TokenEntry> entries) {
  /// How every secret begins, so that people and scanners recognise one.
  public static final String PREFIX = "flw_";

  /// How secrets begin that enrol hosts and open nothing else.
  public static final String ENROLMENT_PREFIX = "fle_";

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  public Tokens {
    entries = List.copyOf(entries);
  }

  /// A new token, named after its owner and the start of its digest.
  ///
  /// @throws IllegalArgumentException if there is no role, or `person` does not match
  ///   [TokenEntry#NAME]
  public static NewToken create(String person, Set<Role> roles) {
    Secret secret = newSecret(PREFIX);
    String name = "%s-%s".formatted(person, secret.sha256().substring(0, 8));
    return new NewToken(secret.text(), new TokenEntry(name, person, roles, secret.sha256()));
  }

  /// A new secret that nobody can guess.
  public static Secret newSecret(String prefix) {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new Secret(text, sha256Hex(text));
  }

  /// What is kept of a secret.
  public static String sha256Hex(String secret) {
    return HexFormat.of().formatHex(sha256(secret));
  }

  /// @param sha256 of the text, in hexadecimal
  public record Secret(String text, String sha256) {
    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
      return "Secret[%s]".formatted(sha256.substring(0, 8));
    }
  }

  /// Who owns this secret; empty if it opens nothing. Every entry is compared, and each in constant
  /// time, so that the time taken tells nothing about the digests.
  public Optional<Caller> callerOf(String secret) {
    byte[] asked = sha256(secret);
    Optional<Caller> caller = Optional.empty();
    for (TokenEntry entry : entries) {
      if (MessageDigest.isEqual(asked, HexFormat.of().parseHex(entry.sha256()))) {
        caller = Optional.of(new Caller(entry.name(), new Person(entry.person()), entry.roles()));
      }
    }
    return caller;
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A token just made: the only moment its secret is known here.
  public record NewToken(String secret, TokenEntry entry) {
    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
      return "NewToken[" + entry.name() + "]";
    }
  }
}
