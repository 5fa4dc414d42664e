package io.fleetward.protocol.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class KnownTextsTest {
  private final KnownTexts texts = new KnownTexts();

  @Test
  void aTextThatComesAgainIsTheSameString() {
    byte[] body = "..mode=idle..idle".getBytes(StandardCharsets.UTF_8);

    String first = texts.text(body, 7, 4);

    assertThat(first).isEqualTo("idle");
    assertThat(texts.text(body, 13, 4)).isSameAs(first);
  }

  @Test
  void aLongTextIsReadButNotKept() {
    byte[] body = "x".repeat(KnownTexts.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);

    String first = texts.text(body, 0, body.length);

    assertThat(texts.text(body, 0, body.length)).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void whateverIsKnownTheTextIsThatOfTheBytes() {
    long seed = Long.getLong("fleetward.seed", 20_261_123L);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] body = new byte[4_096];
    for (int round = 0; round < 50; round++) {
      random.nextBytes(body);
      // few letters and short texts, so that many are the same or share a place
      for (int i = 0; i < body.length; i++) {
        body[i] = (byte) (round % 2 == 0 ? body[i] : 'a' + Math.floorMod(body[i], 3));
      }
      for (int i = 0; i < 2_000; i++) {
        int start = random.nextInt(body.length - 20);
        int length = random.nextInt(20);
        assertThat(texts.text(body, start, length))
            .as("seed %d, round %d, %d bytes at %d", seed, round, length, start)
            .isEqualTo(new String(body, start, length, StandardCharsets.UTF_8));
      }
    }
  }
}
