package io.fleetward.agent.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
  private final RecordQueue queue = new RecordQueue(100);

  @Test
  void keepsTheOrder() throws InterruptedException {
    queue.add(sized(1));
    queue.add(sized(2));

    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(1);
    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(2);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void dropsTheOldestWhenItIsFull() throws InterruptedException {
    assertThat(queue.add(sized(60))).isZero();
    assertThat(queue.add(sized(40))).isZero();
    assertThat(queue.add(sized(50))).isEqualTo(1);

    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(40);
    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(50);
  }

  @Test
  void neverDropsTheNewest() throws InterruptedException {
    assertThat(queue.add(sized(500))).isZero();
    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(500);
  }

  @Test
  void neverDropsWhatMustArrive() throws InterruptedException {
    queue.add(
        new OutgoingRecord("topic", new byte[90], Map.of(), 0, Patience.UNTIL_STORED, () -> {}));
    assertThat(queue.add(sized(20))).isZero();
    assertThat(queue.add(sized(30))).isEqualTo(1);

    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(90);
    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(30);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void whatIsPutBackIsTheOldest() throws InterruptedException {
    queue.add(sized(1));
    queue.add(sized(2));
    queue.putBack(queue.take().orElseThrow());

    assertThat(queue.take().orElseThrow().bytes()).isEqualTo(1);
  }

  @Test
  void endsWhenItIsClosedAndEmpty() throws InterruptedException {
    queue.add(sized(1));
    queue.close();

    assertThat(queue.take()).isPresent();
    assertThat(queue.take()).isEmpty();
  }

  private static OutgoingRecord sized(int bytes) {
    return new OutgoingRecord("topic", new byte[bytes], Map.of(), 0);
  }
}
