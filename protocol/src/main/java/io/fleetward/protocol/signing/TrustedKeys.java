package io.fleetward.protocol.signing;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys whose signatures count; several at once, so that keys can be rotated. Immutable.
public final class TrustedKeys {
  private static final String SUFFIX = ".pem";

  /// Enough for any rotation; more would only cost time to verify.
  private static final int MOST_SIGNATURES = 16;

  private final Map<String, TrustedKey> byId;

  public TrustedKeys(List<TrustedKey> keys) {
    Map<String, TrustedKey> map = new HashMap<>();
    for (TrustedKey key : keys) {
      map.put(key.id(), key);
    }
    this.byId = Map.copyOf(map);
  }

  /// Reads every `KEY-ID.pem` of a folder.
  ///
  /// @throws IOException if the folder or a file cannot be read
  /// @throws InvalidKeyFileException if a file holds no Ed25519 public key
  public static TrustedKeys read(Path folder) throws IOException {
    List<TrustedKey> keys = new java.util.ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String id = name.substring(0, name.length() - SUFFIX.length());
        keys.add(TrustedKey.fromPem(id, Files.readString(file)));
      }
    }
    return new TrustedKeys(keys);
  }

  /// The key of an id; empty if there is none.
  public Optional<TrustedKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public int size() {
    return byId.size();
  }

  /// Opens an envelope: its payload is handed out only if it has the expected type and a signature
  /// by a trusted key.
  public Opened open(byte[] envelope, String expectedType) {
    return switch (MessageCodec.decode(envelope, Envelope.class)) {
      case Decoded.Malformed(String reason) -> new Opened.Refused("malformed", reason);
      case Decoded.Message(Envelope decoded) -> open(decoded, expectedType);
    };
  }

  private Opened open(Envelope envelope, String expectedType) {
    if (!envelope.payloadType().equals(expectedType)) {
      return new Opened.Refused(
          "wrong-type", "is %s, not %s".formatted(envelope.payloadType(), expectedType));
    }
    if (envelope.signatures().size() > MOST_SIGNATURES) {
      return new Opened.Refused(
          "malformed", "carries more than %d signatures".formatted(MOST_SIGNATURES));
    }
    try {
      byte[] payload = decodeBase64(envelope.payload());
      byte[] signed = Envelope.preAuthenticationEncoding(envelope.payloadType(), payload);
      for (Envelope.KeyedSignature signature : envelope.signatures()) {
        TrustedKey key = byId.get(signature.keyid());
        if (key != null && key.verifies(signed, decodeBase64(signature.sig()))) {
          return new Opened.Trusted(key.id(), payload);
        }
      }
    } catch (IllegalArgumentException e) {
      return new Opened.Refused("malformed", "is not base64: " + e.getMessage());
    }
    return envelope.signatures().isEmpty()
        ? new Opened.Refused("unsigned", "carries no signature")
        : new Opened.Refused("untrusted", "carries no signature by a trusted key");
  }

  /// Accepts only the one way to write the bytes that an encoder has; Java's decoder ignores the
  /// spare bits of the last character, so that several texts would mean the same.
  private static byte[] decodeBase64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not in canonical form");
    }
    return bytes;
  }

  /// What came of opening an envelope.
  public sealed interface Opened {
    /// @param payload the bytes that were signed
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Trusted(String keyId, byte[] payload) implements Opened {}

    /// @param code `malformed`, `wrong-type`, `unsigned` or `untrusted`
    record Refused(String code, String detail) implements Opened {}
  }
}
