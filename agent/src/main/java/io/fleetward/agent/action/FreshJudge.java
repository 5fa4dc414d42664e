package io.fleetward.agent.action;

import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Asks a [PlanJudge] with the host's files and clock as they are at that moment.
///
/// @param hostKey fingerprint of this host's own key
/// @param clockOffset how far the broker's clock is ahead, as the daemon says
record FreshJudge(ActionSettings settings, String hostKey, Duration clockOffset) {
  /// @param heartbeatEnvelope bytes that the daemon says are a heartbeat
  Judgement ask(
      ClaimedPlan claimed,
      byte[] heartbeatEnvelope,
      BiFunction<PlanJudge, Circumstances, Judgement> question) {
    try {
      TrustedKeys keys = TrustedKeys.read(settings.trustedKeys());
      PlanJudge judge =
          new PlanJudge(
              settings.instance(),
              hostKey,
              keys,
              AllowList.read(settings.actions()),
              settings.stopFile());
      Circumstances circumstances =
          new Circumstances(Instant.now(), clockOffset, heartbeat(keys, heartbeatEnvelope));
      return question.apply(judge, circumstances);
    } catch (InvalidConfigurationException e) {
      return new Refused(claimed, Refusal.ALLOW_LIST_INVALID, String.valueOf(e.getMessage()));
    } catch (IOException | InvalidKeyFileException e) {
      return new Refused(
          claimed, Refusal.UNTRUSTED, "the trusted keys cannot be read: " + e.getMessage());
    }
  }

  private static @Nullable Heartbeat heartbeat(TrustedKeys keys, byte[] envelope) {
    return keys.open(envelope, PayloadTypes.HEARTBEAT) instanceof Opened.Trusted(_, byte[] payload)
            && MessageCodec.decode(payload, Heartbeat.class)
                instanceof Decoded.Message(Heartbeat beat)
        ? beat
        : null;
  }
}
