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
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String digest = HexFormat.of().formatHex(sha256(secret));
    String name = "%s-%s".formatted(person, digest.substring(0, 8));
    return new NewToken(secret, new TokenEntry(name, person, roles, digest));
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
