package io.fleetward.protocol.signing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A signed payload in the DSSE v1 envelope (github.com/secure-systems-lab/dsse).
///
/// @param payloadType what the payload is; it is signed too, so that an envelope of one kind cannot
///   be read as another
/// @param payload base64 of the bytes that were signed
public record Envelope(String payloadType, String payload, List<KeyedSignature> signatures) {
  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /// @param keyid a hint which key made it; trust comes from the key, not from this name
  /// @param sig base64 of the signature
  public record KeyedSignature(String keyid, String sig) {}

  /// DSSE's PAE: what is really signed.
  static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(type.length, payloadType, payload.length)
            .getBytes(StandardCharsets.UTF_8);
    byte[] encoded = new byte[head.length + payload.length];
    System.arraycopy(head, 0, encoded, 0, head.length);
    System.arraycopy(payload, 0, encoded, head.length, payload.length);
    return encoded;
  }
}
