package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerClockTest {
  private static final Instant LOCAL = Instant.parse("2026-11-01T10:00:00Z");

  private final SettableTime time = new SettableTime(LOCAL);
  private final BrokerClock clock = new BrokerClock(time, time::nanos);

  @Test
  void isUnknownUntilTheBrokerHasAcknowledgedSomething() {
    assertThat(clock.known()).isFalse();
    clock.consumed(LOCAL);
    assertThat(clock.known()).isFalse();
    clock.produced(LOCAL, LOCAL, LOCAL);
    assertThat(clock.known()).isTrue();
    time.pass(Duration.ofSeconds(60));
    assertThat(clock.known()).isFalse();
  }

  @Test
  void goesOnEvenlyWhenTheWallClockIsSet() {
    clock.produced(LOCAL, LOCAL, LOCAL.plusSeconds(30));
    for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-2))) {
      time.set(step);
      assertThat(clock.now()).isEqualTo(LOCAL.plusSeconds(30));
      assertThat(clock.known()).isTrue();
    }
    time.pass(Duration.ofSeconds(2));
    assertThat(clock.now()).isEqualTo(LOCAL.plusSeconds(32));
  }

  @Test
  void takesTheMiddleOfTheWay() {
    Instant sent = LOCAL.minusMillis(200);
    clock.produced(sent, LOCAL, LOCAL.plusSeconds(30));
    assertThat(clock.now()).isEqualTo(LOCAL.plusSeconds(30).plusMillis(100));
  }

  @Test
  void learnsNothingFromALongWay() {
    clock.produced(LOCAL.minusSeconds(6), LOCAL, LOCAL.plusSeconds(30));
    assertThat(clock.known()).isFalse();
    assertThat(clock.now()).isEqualTo(LOCAL);
  }

  @Test
  void isNeverEarlierThanARecordThatWasConsumed() {
    clock.consumed(LOCAL.minusSeconds(5));
    assertThat(clock.now()).isEqualTo(LOCAL);
    clock.consumed(LOCAL.plusSeconds(5));
    assertThat(clock.now()).isEqualTo(LOCAL.plusSeconds(5));
  }
}
