package io.fleetward.agent.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RecordQueue queue = new RecordQueue(100);

  @Test
  void keepsTheOrder() throws InterruptedException {
    queue.add(sized(1));
    queue.add(sized(2));

    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(1);
    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(2);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void dropsTheOldestWhenItIsFull() throws InterruptedException {
    assertThat(queue.add(sized(60))).isZero();
    assertThat(queue.add(sized(40))).isZero();
    assertThat(queue.add(sized(50))).isEqualTo(1);

    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(40);
    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(50);
  }

  @Test
  void neverDropsTheNewest() throws InterruptedException {
    assertThat(queue.add(sized(500))).isZero();
    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(500);
  }

  @Test
  void neverDropsWhatMustArrive() throws InterruptedException {
    queue.add(
        new OutgoingRecord("topic", new byte[90], Map.of(), 0, Patience.UNTIL_STORED, () -> {}));
    assertThat(queue.add(sized(20))).isZero();
    assertThat(queue.add(sized(30))).isEqualTo(1);

    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(90);
    assertThat(queue.take(PATIENCE).orElseThrow().bytes()).isEqualTo(30);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void canBeWoken() throws InterruptedException {
    queue.wake();

    assertThat(queue.take(Duration.ofHours(1))).isEmpty();
    assertThat(queue.take(Duration.ZERO)).isEmpty();
    assertThat(queue.isEnded()).isFalse();
  }

  @Test
  void endsWhenItIsClosedAndEmpty() throws InterruptedException {
    queue.add(sized(1));
    queue.close();

    assertThat(queue.isEnded()).isFalse();
    assertThat(queue.take(PATIENCE)).isPresent();
    assertThat(queue.take(PATIENCE)).isEmpty();
    assertThat(queue.isEnded()).isTrue();
  }

  private static OutgoingRecord sized(int bytes) {
    return new OutgoingRecord("topic", new byte[bytes], Map.of(), 0, Patience.WHILE_THERE_IS_ROOM);
  }
}
