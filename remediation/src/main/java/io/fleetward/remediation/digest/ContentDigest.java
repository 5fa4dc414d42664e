package io.fleetward.remediation.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A SHA-256 over named fields that no other fields can give. Confined to one thread.
///
/// Every text goes in with its length before it, every map and list with its size, so that moving a
/// character from one field to the next changes the digest. Maps go in sorted by key.
public final class ContentDigest {
  private final MessageDigest digest;

  /// @param kind what is digested; equal fields of different kinds have different digests
  public ContentDigest(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
    put(kind);
  }

  private void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  public ContentDigest field(String name, String value) {
    put(name);
    put(value);
    return this;
  }

  public ContentDigest field(String name, Map<String, String> values) {
    put(name);
    put("map of " + values.size());
    new TreeMap<>(values).forEach(this::field);
    return this;
  }

  public ContentDigest field(String name, List<String> values) {
    put(name);
    put("list of " + values.size());
    values.forEach(this::put);
    return this;
  }

  /// The digest in lower-case hexadecimal. Ends the use of this object.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
