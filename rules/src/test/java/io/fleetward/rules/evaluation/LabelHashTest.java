package io.fleetward.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelHashTest {
  private static long hash(String text) {
    return LabelHash.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hashesAsXxHashDoes() {
    assertThat(hash("")).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(hash("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
    assertThat(hash("abc")).isEqualTo(0x44BC2CF5AD770999L);
  }

  @Test
  void labelsSpreadEvenly() {
    int below = 0;
    for (int i = 0; i < 10_000; i++) {
      double share = LabelHash.share(Labels.of("__name__", "x", "host", "h".repeat(i % 300) + i));
      assertThat(share).isBetween(0.0, 1.0);
      below += share < 0.25 ? 1 : 0;
    }
    assertThat(below).isBetween(2_300, 2_700);
  }
}
