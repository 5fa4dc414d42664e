package io.fleetward.agent.action;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.RehearsalAnswer;
import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Makes signed outcomes of one host. Thread safe.
public record OutcomeWriter(String instance, SigningKey key) {
  private static final int MOST_DETAIL = 2_000;

  /// Reads the host's key.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws io.fleetward.protocol.signing.InvalidKeyFileException if it holds no such key
  public static OutcomeWriter open(String instance, Path hostKey) throws IOException {
    return new OutcomeWriter(instance, SigningKey.fromPem(instance, Files.readString(hostKey)));
  }

  /// What the host's key is known by.
  public String fingerprint() {
    return key.trustedKey().fingerprint();
  }

  /// A signed refusal of a plan, or the answer that a rehearsed one would be refused; JSON on one
  /// line.
  public String refused(ClaimedPlan claimed, Refusal reason, String detail, Instant at) {
    if (claimed.isRehearsal()) {
      return answer(claimed, Optional.of(reason), detail, Map.of(), at);
    }
    return signed(
        new Outcome(
            claimed.plan(),
            claimed.remediation(),
            instance,
            Outcome.Status.REFUSED,
            reason.code(),
            bounded(detail),
            Map.of(),
            Map.of(),
            "",
            at));
  }

  /// A signed outcome that nobody knows more about.
  String unknown(ClaimedPlan claimed, String detail, Instant at) {
    return signed(
        new Outcome(
            claimed.plan(),
            claimed.remediation(),
            instance,
            Outcome.Status.UNKNOWN,
            "interrupted",
            detail,
            Map.of(),
            Map.of(),
            "",
            at));
  }

  String of(ClaimedPlan claimed, Execution execution, Instant at) {
    return signed(
        new Outcome(
            claimed.plan(),
            claimed.remediation(),
            instance,
            execution.status(),
            "",
            execution.detail(),
            execution.before(),
            execution.after(),
            execution.output(),
            at));
  }

  /// A signed answer to a rehearsal.
  ///
  /// @param reason why a plan would be refused; empty if it would begin
  String answer(
      ClaimedPlan claimed,
      Optional<Refusal> reason,
      String detail,
      Map<String, String> evidence,
      Instant at) {
    RehearsalAnswer answer =
        new RehearsalAnswer(
            claimed.plan(),
            claimed.remediation(),
            instance,
            reason.isEmpty(),
            reason.map(Refusal::code).orElse(""),
            bounded(detail),
            evidence,
            at);
    return MessageCodec.text(key.sign(PayloadTypes.REHEARSAL_ANSWER, MessageCodec.encode(answer)));
  }

  /// A refusal may quote bytes that a stranger wrote.
  private static String bounded(String detail) {
    StringBuilder plain = new StringBuilder();
    detail
        .codePoints()
        .limit(MOST_DETAIL)
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private String signed(Outcome outcome) {
    return MessageCodec.text(key.sign(PayloadTypes.OUTCOME, MessageCodec.encode(outcome)));
  }
}
