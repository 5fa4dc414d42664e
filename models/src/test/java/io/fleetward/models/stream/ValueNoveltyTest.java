package io.fleetward.models.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ValueNoveltyTest {
  @Test
  void aValueNeverSeenSurprisesAndALikeOneLess() {
    var grid = new ValueGrid(0.5, 0);
    for (int i = 0; i < 500; i++) {
      grid.take(i % 2, 0);
    }

    double usual = grid.take(1, 0);
    double near = grid.take(2, 0);
    double far = grid.take(9, 0);
    double again = grid.take(9, 0);

    assertThat(usual).isBetween(0.5, 1.0);
    assertThat(near).isBetween(usual + 1, far - 1);
    assertThat(again).isBetween(usual, far - 1);
  }

  @Test
  void aValueOfAnotherHourSurprises() {
    var grid = new ValueGrid(0.5, 0);
    for (int i = 0; i < 2400; i++) {
      int hour = i % 24;
      grid.take(hour < 12 ? 0 : 3, hour / 24.0);
    }

    assertThat(grid.take(3, 0.1)).isGreaterThan(grid.take(3, 0.9) + 2);
  }

  @Test
  void anEpisodeIsAsRareAsItComes() {
    var tail = new EpisodeTail();
    double rarity = 0;
    for (int i = 0; i < 40_000; i++) {
      boolean burst = i % 400 < 3;
      double now = tail.take(burst ? 5 : 1);
      rarity = burst ? now : rarity;
    }

    assertThat(rarity).isCloseTo(Math.log(400), Offset.offset(0.1));
  }

  @Test
  void aWorseEpisodeThanEverIsRarer() {
    var tail = new EpisodeTail();
    for (int i = 0; i < 4000; i++) {
      tail.take(i % 400 == 0 ? 5 : 1);
    }

    assertThat(tail.take(7)).isGreaterThan(Math.log(4000));
  }

  @Test
  void whatIsRememberedFades() {
    var memory = new FadingMemory();
    for (int i = 0; i < 1000; i++) {
      memory.take(4);
    }

    assertThat(memory.take(4)).isZero();
    assertThat(memory.take(9)).isCloseTo(5, Offset.offset(0.2));
    assertThat(memory.take(8)).isNegative();
    for (int i = 0; i < 1000; i++) {
      memory.take(4);
    }
    assertThat(memory.take(9)).isBetween(2.0, 5.0);
  }
}
