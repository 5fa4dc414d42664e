package io.fleetward.agent.plans;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The newest signed heartbeat of each service. Thread safe.
public final class HeartbeatBoard {
  private static final int MOST_SERVICES = 1000;

  private final TrustedKeys trustedKeys;
  private final Map<String, Signed> byService = new ConcurrentHashMap<>();

  /// A heartbeat and the bytes that carried it.
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Signed(Heartbeat heartbeat, byte[] envelope) {}

  public HeartbeatBoard(TrustedKeys trustedKeys) {
    this.trustedKeys = trustedKeys;
  }

  /// Takes a record of the heartbeats topic; what is not signed by a trusted key is left out.
  public void offer(byte[] envelope) {
    if (trustedKeys.open(envelope, PayloadTypes.HEARTBEAT)
            instanceof Opened.Trusted(_, byte[] payload)
        && MessageCodec.decode(payload, Heartbeat.class) instanceof Decoded.Message(Heartbeat beat)
        && (byService.size() < MOST_SERVICES || byService.containsKey(beat.service()))) {
      byService.merge(beat.service(), new Signed(beat, envelope), HeartbeatBoard::newer);
    }
  }

  private static Signed newer(Signed one, Signed other) {
    return other.heartbeat().sentAt().isBefore(one.heartbeat().sentAt()) ? one : other;
  }

  /// The heartbeat that counts: the newest, unless another service that was alive lately says that
  /// actions are paused.
  public Optional<Signed> deciding() {
    Optional<Signed> newest = newest();
    Instant alive =
        newest
            .map(signed -> signed.heartbeat().sentAt().minus(Heartbeat.FRESH))
            .orElse(Instant.MAX);
    Optional<Signed> paused =
        byService.values().stream()
            .filter(signed -> signed.heartbeat().paused())
            .filter(signed -> signed.heartbeat().sentAt().isAfter(alive))
            .findAny();
    return paused.or(() -> newest);
  }

  /// The one that was sent last.
  public Optional<Signed> newest() {
    return byService.values().stream()
        .max(Comparator.comparing(signed -> signed.heartbeat().sentAt()));
  }
}
