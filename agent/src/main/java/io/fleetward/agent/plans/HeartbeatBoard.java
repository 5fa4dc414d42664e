package io.fleetward.agent.plans;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The last signed heartbeat of each service. The log says which is the last, and the broker's time
/// of appending says when it came: a service's own clock may be wrong until the broker has answered
/// it once. Thread safe.
public final class HeartbeatBoard {
  private static final int MOST_SERVICES = 1000;

  /// A service that was last heard of longer ago than this, before the newest heartbeat of any, can
  /// neither decide anything nor be undone by a replay.
  private static final Duration REMEMBERED = Heartbeat.FRESH.multipliedBy(2);

  /// How far a service's clock may be ahead of the broker's.
  private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

  private final Supplier<TrustedKeys> trustedKeys;
  private final Map<String, Signed> byService = new ConcurrentHashMap<>();

  /// A heartbeat, the bytes that carried it, and its place in the log.
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Signed(Heartbeat heartbeat, byte[] envelope, long offset, Instant appendedAt) {
    /// Whether it may count. One that says paused may be from a clock that is ahead: to pause is
    /// always safe.
    private boolean isCredible() {
      Instant sentAt = heartbeat.sentAt();
      boolean isAhead = sentAt.isAfter(appendedAt.plus(MOST_AHEAD));
      return sentAt.isAfter(appendedAt.minus(Heartbeat.FRESH)) && (!isAhead || heartbeat.paused());
    }

    private boolean isLaterThan(Signed other) {
      return offset > other.offset || appendedAt.isAfter(other.appendedAt);
    }

    /// Whether this is an earlier heartbeat, sent once more, that would end the pause of `held`.
    private boolean wouldUndo(Signed held) {
      Instant sentAt = held.heartbeat.sentAt();
      Instant pausedAt = sentAt.isBefore(held.appendedAt) ? sentAt : held.appendedAt;
      return held.heartbeat.paused()
          && !heartbeat.paused()
          && heartbeat.sentAt().isBefore(pausedAt);
    }
  }

  /// @param trustedKeys asked each time, since keys are rotated
  public HeartbeatBoard(Supplier<TrustedKeys> trustedKeys) {
    this.trustedKeys = trustedKeys;
  }

  /// Takes a record of the heartbeats topic; left out is what is not signed by a trusted key, and
  /// what was sent at another time than the broker appended it.
  public void offer(ArrivedHeartbeat arrived) {
    Instant appendedAt = arrived.appendedAt();
    if (appendedAt != null
        && trustedKeys.get().open(arrived.envelope(), PayloadTypes.HEARTBEAT)
            instanceof Opened.Trusted(_, byte[] payload)
        && MessageCodec.decode(payload, Heartbeat.class) instanceof Decoded.Message(Heartbeat beat)
        && knowsOrHasRoomFor(beat.service(), appendedAt)) {
      Signed signed = new Signed(beat, arrived.envelope(), arrived.offset(), appendedAt);
      if (signed.isCredible()) {
        byService.merge(beat.service(), signed, HeartbeatBoard::last);
      }
    }
  }

  private boolean knowsOrHasRoomFor(String service, Instant now) {
    Instant since = now.minus(REMEMBERED);
    byService.values().removeIf(signed -> signed.appendedAt().isBefore(since));
    return byService.size() < MOST_SERVICES || byService.containsKey(service);
  }

  /// How many services are remembered.
  int services() {
    return byService.size();
  }

  private static Signed last(Signed held, Signed offered) {
    return offered.isLaterThan(held) && !offered.wouldUndo(held) ? offered : held;
  }

  /// The heartbeat that counts: the newest, unless another service that was alive lately says that
  /// actions are paused.
  public Optional<Signed> deciding() {
    Optional<Signed> newest = newest();
    Instant alive =
        newest.map(signed -> signed.appendedAt().minus(Heartbeat.FRESH)).orElse(Instant.MAX);
    Optional<Signed> paused =
        byService.values().stream()
            .filter(signed -> signed.heartbeat().paused())
            .filter(signed -> signed.appendedAt().isAfter(alive))
            .findAny();
    return paused.or(() -> newest);
  }

  /// The one that came last.
  public Optional<Signed> newest() {
    return byService.values().stream()
        .max(Comparator.comparing(Signed::appendedAt).thenComparingLong(Signed::offset));
  }
}
