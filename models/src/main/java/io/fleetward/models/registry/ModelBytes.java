package io.fleetward.models.registry;

import io.fleetward.models.registry.ModelVersion.Reading;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A version as bytes, big-endian: magic, format version, lengths of header and payload; the
/// header, which is the provenance as JSON; the payload; SHA-256 of all before it.
final class ModelBytes {
  static final int MAGIC = 0x46574D56; // "FWMV"
  static final int FORMAT = 1;
  static final int MOST_PAYLOAD = 16 << 20;

  private static final int FIXED = 4 * Integer.BYTES;
  private static final int DIGEST = 32;
  private static final int MOST_BYTES = FIXED + MessageCodec.MAX_BYTES + MOST_PAYLOAD + DIGEST;

  private ModelBytes() {}

  /// What bytes hold.
  sealed interface Parts {
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Whole(Provenance provenance, byte[] payload) implements Parts {}

    record Unusable(String reason) implements Parts {}
  }

  static byte[] write(Provenance provenance, byte[] payload) {
    byte[] header = MessageCodec.encode(provenance);
    if (header.length > MessageCodec.MAX_BYTES || payload.length > MOST_PAYLOAD) {
      throw new IllegalArgumentException(
          "a version of %d bytes with a header of %d is too large"
              .formatted(payload.length, header.length));
    }
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + header.length + payload.length + DIGEST);
    bytes.putInt(MAGIC).putInt(FORMAT).putInt(header.length).putInt(payload.length);
    bytes.put(header).put(payload);
    bytes.put(sha256(bytes.array(), bytes.position()));
    return bytes.array();
  }

  /// The digest at the end of bytes that [#write] made, in hexadecimal.
  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, bytes.length - DIGEST, bytes.length);
  }

  static Reading read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return new Reading.Refused(
            "%s: %d bytes; a model has at most %d".formatted(file, Files.size(file), MOST_BYTES));
      }
      return switch (ModelVersion.read(Files.readAllBytes(file))) {
        case Reading.Usable usable -> usable;
        case Reading.Refused(String reason) ->
            new Reading.Refused("%s: %s".formatted(file, reason));
      };
    } catch (IOException e) {
      return new Reading.Refused(
          "%s: cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
    }
  }

  static Parts read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return unusable("%d bytes; a model has at most %d", bytes.length, MOST_BYTES);
    }
    if (bytes.length < 2 * Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      return unusable("no model: it does not begin as one");
    }
    int format = ByteBuffer.wrap(bytes).getInt(Integer.BYTES);
    if (format != FORMAT) {
      return unusable(
          "a model of format %d, but this program reads format %d; use the version of Fleetward that made it, or train the model anew",
          format, FORMAT);
    }
    if (bytes.length < FIXED + DIGEST) {
      return unusable("the model is cut off after %d bytes", bytes.length);
    }
    int header = ByteBuffer.wrap(bytes).getInt(2 * Integer.BYTES);
    int payload = ByteBuffer.wrap(bytes).getInt(3 * Integer.BYTES);
    if (header < 0 || header > MessageCodec.MAX_BYTES || payload < 0 || payload > MOST_PAYLOAD) {
      return unusable("the model was altered: its lengths make no sense");
    }
    int whole = FIXED + header + payload + DIGEST;
    if (bytes.length != whole) {
      return bytes.length < whole
          ? unusable("the model is cut off: %d of %d bytes", bytes.length, whole)
          : unusable("the model has %d bytes beyond its end", bytes.length - whole);
    }
    byte[] expected = Arrays.copyOfRange(bytes, whole - DIGEST, whole);
    if (!MessageDigest.isEqual(sha256(bytes, whole - DIGEST), expected)) {
      return unusable("the model was altered: its digest does not match; take it from its source");
    }
    return parts(
        Arrays.copyOfRange(bytes, FIXED, FIXED + header),
        Arrays.copyOfRange(bytes, FIXED + header, FIXED + header + payload));
  }

  private static Parts parts(byte[] header, byte[] payload) {
    return switch (MessageCodec.decode(header, Provenance.class)) {
      case Decoded.Message(Provenance provenance) -> new Parts.Whole(provenance, payload);
      case Decoded.Malformed(String reason) ->
          unusable("the model's header cannot be used: %s", reason);
    };
  }

  private static Parts.Unusable unusable(String reason, Object... values) {
    return new Parts.Unusable(reason.formatted(values));
  }

  private static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
