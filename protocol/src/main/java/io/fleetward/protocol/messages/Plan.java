package io.fleetward.protocol.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What one host shall do, once, before it expires. Travels only inside a signed envelope.
///
/// @param id the same for every copy of this plan; outcomes name it
/// @param remediation the remediation it belongs to
/// @param instance the one host it is for
/// @param hostKey fingerprint of that host's key, so that of two hosts which go by one name only
///   one acts (I2, I6)
/// @param action the action's name in the host's allow-list
/// @param parameters the action's parameters, all text, checked by the host against its own
///   patterns
/// @param policy name and version of the policy that asked for it
/// @param proposalHash SHA-256, in hexadecimal, of the proposal that was approved
/// @param evidenceHash SHA-256, in hexadecimal, of the fresh evidence it was judged on at dispatch
/// @param nonce random, never used twice; hosts keep those they have seen
/// @param expiresAt at most [#LIFETIME] after `issuedAt`; both in the broker's time
/// @param timeout after which the host ends the action
public record Plan(
    String id,
    String remediation,
    String instance,
    String hostKey,
    String action,
    Map<String, String> parameters,
    String policy,
    String proposalHash,
    String evidenceHash,
    String nonce,
    Instant issuedAt,
    Instant expiresAt,
    Duration timeout) {

  /// How long an id, a name or a hash may be, in chars.
  public static final int LONGEST_NAME = 256;

  /// How long a parameter's value may be, in chars.
  public static final int LONGEST_VALUE = 4_096;

  /// How many parameters a plan may have.
  public static final int MOST_PARAMETERS = 64;

  /// How long a plan lives (I17).
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  public Plan {
    parameters = Map.copyOf(parameters);
    if (id.isEmpty() || instance.isEmpty() || action.isEmpty() || nonce.isEmpty()) {
      throw new IllegalArgumentException("a plan needs an id, an instance, an action and a nonce");
    }
    if (hostKey.isEmpty()) {
      throw new IllegalArgumentException("a plan needs the fingerprint of its host's key");
    }
    if (expiresAt.isBefore(issuedAt) || expiresAt.isAfter(issuedAt.plus(LIFETIME))) {
      throw new IllegalArgumentException("a plan lives at most " + LIFETIME);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a plan needs a positive timeout");
    }
    checkLength("id", id, LONGEST_NAME);
    checkLength("remediation", remediation, LONGEST_NAME);
    checkLength("instance", instance, LONGEST_NAME);
    checkLength("hostKey", hostKey, LONGEST_NAME);
    checkLength("action", action, LONGEST_NAME);
    checkLength("policy", policy, LONGEST_NAME);
    checkLength("proposalHash", proposalHash, LONGEST_NAME);
    checkLength("evidenceHash", evidenceHash, LONGEST_NAME);
    checkLength("nonce", nonce, LONGEST_NAME);
    if (parameters.size() > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "a plan has at most %d parameters, not %d".formatted(MOST_PARAMETERS, parameters.size()));
    }
    parameters.forEach((name, value) -> {
      checkLength("parameter name", name, LONGEST_NAME);
      checkLength("parameter", value, LONGEST_VALUE);
    });
  }

  private static void checkLength(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "%s has %d chars; a plan allows %d".formatted(what, text.length(), most));
    }
  }
}
