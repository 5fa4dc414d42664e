package io.fleetward.agent.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeartbeatBoardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SigningKey.Generated key = SigningKey.generate("k");
  private final HeartbeatBoard board =
      new HeartbeatBoard(() -> new TrustedKeys(List.of(key.trustedKey())));

  @Test
  void keepsTheNewestOfAService() {
    offer("a", NOON, true);
    offer("a", NOON.plusSeconds(10), false);
    offer("a", NOON.plusSeconds(5), true);

    assertThat(deciding()).isEqualTo(new Heartbeat("a", NOON.plusSeconds(10), false, ""));
  }

  @Test
  void oneServiceThatSaysPausedDecides() {
    offer("a", NOON, true);
    offer("b", NOON.plusSeconds(10), false);

    assertThat(deciding().service()).isEqualTo("a");
  }

  @Test
  void aServiceThatIsGoneDecidesNothing() {
    offer("a", NOON, true);
    offer("b", NOON.plusSeconds(31), false);

    assertThat(deciding().service()).isEqualTo("b");
  }

  @Test
  void aServiceThatIsGoneForLongIsForgotten() {
    offer("a", NOON, true);
    offer("b", NOON.plusSeconds(60), false);
    assertThat(board.services()).isEqualTo(2);
    offer("b", NOON.plusSeconds(61), false);
    assertThat(board.services()).isEqualTo(1);
  }

  @Test
  void servicesThatCameAndWentLeaveRoomForNewOnes() {
    for (int i = 0; i < 1_001; i++) {
      offer("service-" + i, NOON, false);
    }
    assertThat(board.services()).isEqualTo(1_000);
    offer("another", NOON.plusSeconds(61), false);
    assertThat(deciding().service()).isEqualTo("another");
  }

  @Test
  void leavesOutWhatAStrangerSigned() {
    Heartbeat beat = new Heartbeat("a", NOON, false, "");
    byte[] forged =
        MessageCodec.encode(
            SigningKey.generate("k")
                .signingKey()
                .sign(PayloadTypes.HEARTBEAT, MessageCodec.encode(beat)));
    board.offer(new ArrivedHeartbeat(forged, 1, NOON));

    assertThat(board.deciding()).isEmpty();
  }

  @Test
  void aKeyThatWasRotatedInCounts() {
    AtomicReference<TrustedKeys> keys = new AtomicReference<>(new TrustedKeys(List.of()));
    HeartbeatBoard watching = new HeartbeatBoard(keys::get);
    watching.offer(new ArrivedHeartbeat(signed("a", NOON, false), 1, NOON));
    assertThat(watching.deciding()).isEmpty();

    keys.set(new TrustedKeys(List.of(key.trustedKey())));
    watching.offer(new ArrivedHeartbeat(signed("a", NOON, false), 1, NOON));
    assertThat(watching.deciding()).isPresent();
  }

  private Heartbeat deciding() {
    return board.deciding().orElseThrow().heartbeat();
  }

  private void offer(String service, Instant at, boolean paused) {
    board.offer(new ArrivedHeartbeat(signed(service, at, paused), at.getEpochSecond(), at));
  }

  private byte[] signed(String service, Instant at, boolean paused) {
    return MessageCodec.encode(
        key.signingKey()
            .sign(
                PayloadTypes.HEARTBEAT,
                MessageCodec.encode(new Heartbeat(service, at, paused, ""))));
  }
}
