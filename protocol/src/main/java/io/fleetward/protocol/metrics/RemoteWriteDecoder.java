package io.fleetward.protocol.metrics;

import java.util.Locale;
import java.util.Optional;

/// Reads uncompressed remote-write bodies of both versions. What cannot be read is rejected whole,
/// with the reason and the place; nothing is thrown, and nothing is allocated by a length that the
/// body does not really have. Thread safe; keep one, since it remembers the texts of labels.
///
/// Unknown fields and metadata are passed over; native histograms and exemplars are counted.
public final class RemoteWriteDecoder {
  private final DecodeLimits limits;
  private final KnownTexts texts = new KnownTexts();

  public RemoteWriteDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  /// Which message a body holds.
  public enum Version {
    /// `prometheus.WriteRequest`
    V1,
    /// `io.prometheus.write.v2.Request`
    V2;

    /// The version that a `content-type` names; without a `proto` parameter it is 1.0. Empty if
    /// this is no remote-write.
    public static Optional<Version> of(String contentType) {
      String[] parts = contentType.split(";", -1);
      if (!parts[0].strip().toLowerCase(Locale.ROOT).equals("application/x-protobuf")) {
        return Optional.empty();
      }
      String message = "prometheus.WriteRequest";
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip();
        if (parameter.startsWith("proto=")) {
          message = parameter.substring("proto=".length());
        }
      }
      return switch (message) {
        case "prometheus.WriteRequest" -> Optional.of(V1);
        case "io.prometheus.write.v2.Request" -> Optional.of(V2);
        default -> Optional.empty();
      };
    }
  }

  /// Reads a body.
  public Decoded decode(byte[] body, Version version) {
    try {
      return new Decoded.Accepted(
          switch (version) {
            case V1 -> new RemoteWrite1Body(body, limits, texts).read();
            case V2 -> new RemoteWrite2Body(body, limits, texts).read();
          });
    } catch (RejectedBodyException e) {
      return new Decoded.Rejected(e.reason(), e.byteOffset());
    }
  }

  /// How a body is laid out that was accepted, so that others like it are read faster; empty if it
  /// holds more than plain series with samples. The body must not be changed any more.
  public Optional<BodyLayout> layout(byte[] body, Version version, WriteRequest request) {
    return BodyLayout.of(body, version, request, limits);
  }

  /// What came of reading a body.
  public sealed interface Decoded {
    record Accepted(WriteRequest request) implements Decoded {}

    /// @param reason what is wrong, for an answer or a dead letter
    /// @param byteOffset where, 0 to the body's length
    record Rejected(String reason, int byteOffset) implements Decoded {}
  }
}
