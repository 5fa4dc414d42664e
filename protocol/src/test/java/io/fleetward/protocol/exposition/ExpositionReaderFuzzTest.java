package io.fleetward.protocol.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetward.protocol.fuzz.Damage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged pages: either read, or refused with a place inside the page; never anything else.
class ExpositionReaderFuzzTest {
  private static final String TEXT =
      """
      # HELP a_total Help with \\\\ and ünicode.
      # TYPE a_total counter
      a_total{method="post",code="200"} 1027 1395066363000
      a_total{path="C:\\\\DIR",error="x\\n\\"y\\""} 1.458255915e9
      {"quoted.name", "größe"="groß", plain="x"} +Inf

      b NaN -5
      """;
  private static final String OPEN_METRICS =
      """
      # TYPE foo histogram
      # UNIT foo seconds
      foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
      foo_bucket{le="+Inf"} 17 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
      foo_created 1605281325.0
      # EOF
      """;

  @Test
  void damageIsToldWithItsPlace() {
    Damage damage = Damage.of(ExpositionReaderFuzzTest.class);
    List<byte[]> pages =
        List.of(
            TEXT.getBytes(StandardCharsets.UTF_8), OPEN_METRICS.getBytes(StandardCharsets.UTF_8));
    ExpositionLimits limits = new ExpositionLimits(20, 4, 40, 40);
    int refused = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] page = damage.next(pages);
      for (PageFormat format : PageFormat.values()) {
        try {
          assertThat(PageText.read(format, page, limits)).hasSizeLessThanOrEqualTo(20);
        } catch (MalformedPageException e) {
          refused++;
          assertThat(e.line()).isBetween(1, lines(page) + 1);
          assertThat(e.column()).isBetween(1, page.length + 2);
        } catch (RuntimeException e) {
          fail("seed %d, round %d: %s".formatted(damage.seed(), round, e), e);
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static int lines(byte[] page) {
    int lines = 1;
    for (byte b : page) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }
}
