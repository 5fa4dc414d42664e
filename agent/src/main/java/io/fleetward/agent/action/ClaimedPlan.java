package io.fleetward.agent.action;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.messages.Rehearsal;
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
/// @param isRehearsal whether they ask only what a plan would do
public record ClaimedPlan(String plan, String remediation, boolean isRehearsal) {
  public ClaimedPlan(String plan, String remediation) {
    this(plan, remediation, false);
  }

  /// What the ids of services look like; others must not travel on, for anybody can claim them.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  static ClaimedPlan of(Plan plan) {
    return new ClaimedPlan(plan.id(), plan.remediation());
  }

  static ClaimedPlan of(Rehearsal rehearsal) {
    return new ClaimedPlan(rehearsal.id(), rehearsal.remediation(), true);
  }

  /// Whether an envelope says that it holds a rehearsal.
  static boolean isRehearsal(byte[] envelope) {
    return MessageCodec.decode(envelope, Envelope.class) instanceof Decoded.Message(Envelope outer)
        && outer.payloadType().equals(PayloadTypes.REHEARSAL);
  }

  /// Reads what it can from an envelope that may be forged.
  public static ClaimedPlan read(byte[] envelope) {
    if (MessageCodec.decode(envelope, Envelope.class) instanceof Decoded.Message(Envelope outer)) {
      if (decode(outer, Plan.class) instanceof Decoded.Message(Plan plan)) {
        return plain(of(plan), envelope);
      }
      if (decode(outer, Rehearsal.class) instanceof Decoded.Message(Rehearsal rehearsal)) {
        return plain(of(rehearsal), envelope);
      }
    }
    return nameless(envelope);
  }

  private static ClaimedPlan plain(ClaimedPlan claimed, byte[] envelope) {
    if (!ID.matcher(claimed.plan()).matches()) {
      return nameless(envelope);
    }
    boolean isPlain = ID.matcher(claimed.remediation()).matches();
    return new ClaimedPlan(
        claimed.plan(), isPlain ? claimed.remediation() : "", isRehearsal(envelope));
  }

  private static ClaimedPlan nameless(byte[] envelope) {
    return new ClaimedPlan("sha256:" + digest(envelope), "", isRehearsal(envelope));
  }

  private static <T> Decoded<T> decode(Envelope envelope, Class<T> type) {
    try {
      return MessageCodec.decode(Base64.getDecoder().decode(envelope.payload()), type);
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
