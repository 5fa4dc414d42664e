package io.fleetward.agent.action;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.Envelope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Which plan some bytes say they are, whether or not anybody signed that. Good for reporting only.
///
/// @param plan the plan's id; `sha256:` and a digest of the bytes where they tell none that an
///   honest service could have made
/// @param remediation empty where the bytes tell no such one
public record ClaimedPlan(String plan, String remediation) {
  /// What the ids of services look like; others must not travel on, for anybody can claim them.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  static ClaimedPlan of(Plan plan) {
    return new ClaimedPlan(plan.id(), plan.remediation());
  }

  /// Reads what it can from an envelope that may be forged.
  public static ClaimedPlan read(byte[] envelope) {
    if (MessageCodec.decode(envelope, Envelope.class) instanceof Decoded.Message(Envelope outer)
        && decode(outer) instanceof Decoded.Message(Plan plan)
        && ID.matcher(plan.id()).matches()) {
      boolean isPlain = ID.matcher(plan.remediation()).matches();
      return new ClaimedPlan(plan.id(), isPlain ? plan.remediation() : "");
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
