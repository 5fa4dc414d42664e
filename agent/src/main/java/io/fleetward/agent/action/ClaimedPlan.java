package io.fleetward.agent.action;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.Envelope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Which plan some bytes say they are, whether or not anybody signed that. Good for reporting only.
///
/// @param plan the plan's id; `sha256:` and a digest of the bytes where they tell none
/// @param remediation empty where the bytes tell none
public record ClaimedPlan(String plan, String remediation) {
  static ClaimedPlan of(Plan plan) {
    return new ClaimedPlan(plan.id(), plan.remediation());
  }

  /// Reads what it can from an envelope that may be forged.
  public static ClaimedPlan read(byte[] envelope) {
    if (MessageCodec.decode(envelope, Envelope.class) instanceof Decoded.Message(Envelope outer)
        && decode(outer) instanceof Decoded.Message(Plan plan)) {
      return of(plan);
    }
    return new ClaimedPlan("sha256:" + digest(envelope), "");
  }

  private static Decoded<Plan> decode(Envelope envelope) {
    try {
      return MessageCodec.decode(Base64.getDecoder().decode(envelope.payload()), Plan.class);
    } catch (IllegalArgumentException e) {
      return new Decoded.Malformed<>(String.valueOf(e.getMessage()));
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
