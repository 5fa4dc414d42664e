package io.fleetward.protocol.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that a host and the service share, under which every scrape carries a seal: what has
/// none was not written by that host. Thread safe. Never printed.
///
/// A seal is the HMAC-SHA-256, in base64, of what kind of seal it is, the instance, the content
/// type, each behind its length, and the record's value. It does not say when it was made: a record
/// that comes again is known by the times of its samples.
public final class ScrapeKey {
  /// Bytes of a key.
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String KIND = "fleetward scrape v1";
  private static final int MOST_SEAL_CHARS = 64;

  private final byte[] secret;

  /// Knows the key; cloned for each seal.
  private final Mac keyed;

  private ScrapeKey(byte[] secret) {
    this.secret = secret;
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// @throws IllegalArgumentException unless there are [#BYTES]
  public static ScrapeKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "a scrape key has %d bytes, not %d".formatted(BYTES, secret.length));
    }
    return new ScrapeKey(secret.clone());
  }

  /// Reads what [#toText] wrote.
  ///
  /// @throws InvalidKeyFileException if something else did
  public static ScrapeKey fromText(String text) {
    try {
      return of(HexFormat.of().parseHex(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyFileException(
          "no scrape key: write %d hexadecimal digits".formatted(2 * BYTES), e);
    }
  }

  /// The secret in hexadecimal, for a file or a table that nobody else reads.
  public String toText() {
    return HexFormat.of().formatHex(secret);
  }

  /// The seal of a record's value.
  public String seal(String instance, String contentType, byte[] value) {
    return Base64.getEncoder().encodeToString(hmac(instance, contentType, value));
  }

  /// Whether a seal is this key's, in a time that tells nothing about the right one.
  public boolean verifies(String seal, String instance, String contentType, byte[] value) {
    if (seal.length() > MOST_SEAL_CHARS) {
      return false;
    }
    byte[] right = seal(instance, contentType, value).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, seal.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] hmac(String instance, String contentType, byte[] value) {
    try {
      Mac mac = (Mac) keyed.clone();
      update(mac, KIND);
      update(mac, instance);
      update(mac, contentType);
      return mac.doFinal(value);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's %s cannot be cloned".formatted(ALGORITHM), e);
    }
  }

  private static void update(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (bytes.length >>> shift));
    }
    mac.update(bytes);
  }
}
