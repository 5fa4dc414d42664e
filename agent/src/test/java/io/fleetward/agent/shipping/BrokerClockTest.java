package io.fleetward.agent.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrokerClockTest {
  /// Two clocks that move only when told.
  private static final class SteppedClock implements HostClock {
    private long wall = 1_000_000;
    private long nanos = 5_000_000_000L;

    void pass(Duration time) {
      wall += time.toMillis();
      nanos += time.toNanos();
    }

    @Override
    public long wallMillis() {
      return wall;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }

  private final SteppedClock host = new SteppedClock();
  private final BrokerClock clock = new BrokerClock(host);

  @Test
  void isUnknownAtFirst() {
    assertThat(clock.now()).isEmpty();
    assertThat(clock.offset()).isEmpty();
  }

  @Test
  void takesTheMiddleOfTheWay() {
    acknowledged(1_007_050, Duration.ofMillis(100));

    assertThat(clock.offset()).contains(Duration.ofSeconds(7));
    host.pass(Duration.ofSeconds(30));
    assertThat(clock.offset()).contains(Duration.ofSeconds(7));
    assertThat(clock.now()).contains(Instant.ofEpochMilli(1_037_100));
  }

  @Test
  void aStepOfTheWallClockShowsAtOnce() {
    acknowledged(1_000_000, Duration.ZERO);
    host.wall += 60_000;

    assertThat(clock.offset()).contains(Duration.ofMinutes(-1));
    assertThat(clock.now()).contains(Instant.ofEpochMilli(1_000_000));
  }

  @Test
  void learnsNothingFromAnAnswerThatTookLong() {
    acknowledged(1_000_000, Duration.ofSeconds(6));

    assertThat(clock.offset()).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    acknowledged(1_000_000, Duration.ZERO);
    host.pass(Duration.ofMinutes(11));

    assertThat(clock.offset()).isEmpty();
  }

  private void acknowledged(long appendedMillis, Duration way) {
    long sent = host.monotonicNanos();
    host.pass(way);
    clock.learn(appendedMillis, sent);
  }
}
