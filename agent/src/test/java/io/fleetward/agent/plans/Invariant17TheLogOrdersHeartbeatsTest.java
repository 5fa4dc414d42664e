package io.fleetward.agent.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// I17: a service whose clock is wrong neither hides a pause nor silences the heartbeats after it.
class Invariant17TheLogOrdersHeartbeatsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SigningKey.Generated key = SigningKey.generate("k");
  private final HeartbeatBoard board =
      new HeartbeatBoard(() -> new TrustedKeys(List.of(key.trustedKey())));

  @Test
  void aClockThatIsFarAheadDoesNotSilenceTheNextHeartbeat() {
    offer(1, NOON, NOON.plusSeconds(600), false);
    assertThat(board.deciding()).isEmpty();

    offer(2, NOON.plusSeconds(1), NOON.plusSeconds(1), false);

    assertThat(sentAt()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void aPauseIsNotOlderThanAHeartbeatFromAClockThatWasAhead() {
    offer(1, NOON, NOON.plusSeconds(4), false);
    offer(2, NOON.plusSeconds(1), NOON.plusSeconds(1), true);

    assertThat(isPaused()).isTrue();
  }

  @Test
  void aPauseCountsEvenFromAClockThatIsFarAheadAndCanEnd() {
    offer(1, NOON, NOON, false);
    offer(2, NOON.plusSeconds(1), NOON.plusSeconds(600), true);
    assertThat(isPaused()).isTrue();

    offer(3, NOON.plusSeconds(2), NOON.plusSeconds(2), false);
    assertThat(isPaused()).isFalse();
  }

  @Test
  void anEarlierHeartbeatSentOnceMoreEndsNoPause() {
    offer(1, NOON, NOON, false);
    offer(2, NOON.plusSeconds(5), NOON.plusSeconds(5), true);
    offer(3, NOON.plusSeconds(6), NOON, false);

    assertThat(isPaused()).isTrue();
  }

  @Test
  void readingTheLogAgainChangesNothing() {
    offer(1, NOON, NOON, false);
    offer(2, NOON.plusSeconds(5), NOON.plusSeconds(5), true);
    offer(3, NOON.plusSeconds(9), NOON.plusSeconds(9), false);
    offer(2, NOON.plusSeconds(5), NOON.plusSeconds(5), true);

    assertThat(isPaused()).isFalse();
  }

  @Test
  void aClockThatIsFarBehindIsNotHeard() {
    offer(1, NOON, NOON.minusSeconds(31), false);

    assertThat(board.deciding()).isEmpty();
  }

  @Test
  void withoutTheBrokersTimeNothingIsHeard() {
    board.offer(new ArrivedHeartbeat(signed(NOON, false), 1, null));

    assertThat(board.deciding()).isEmpty();
  }

  private boolean isPaused() {
    return board.deciding().orElseThrow().heartbeat().paused();
  }

  private Instant sentAt() {
    return board.deciding().orElseThrow().heartbeat().sentAt();
  }

  private void offer(long offset, Instant appendedAt, Instant sentAt, boolean paused) {
    board.offer(new ArrivedHeartbeat(signed(sentAt, paused), offset, appendedAt));
  }

  private byte[] signed(Instant sentAt, boolean paused) {
    Heartbeat beat = new Heartbeat("a", sentAt, paused, paused ? "freeze" : "");
    return MessageCodec.encode(
        key.signingKey().sign(PayloadTypes.HEARTBEAT, MessageCodec.encode(beat)));
  }
}
