package io.fleetward.protocol.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "500ms, 500",
    "30s, 30000",
    "5m, 300000",
    "1h30m, 5400000",
    "7d, 604800000",
    "1w, 604800000",
    "1y, 31536000000",
    "1y2w3d4h5m6s7ms, 33019506007",
    "90m, 5400000",
  })
  void readsWhatPrometheusReads(String text, long millis) {
    assertThat(PrometheusDuration.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "m",
        "-5m",
        "5 m",
        "1m1h",
        "1.5h",
        "5M",
        "1s1s",
        "٥m",
        "9999999999999s",
        "999999999999y"
      })
  void refusesEverythingElse(String text) {
    assertThat(PrometheusDuration.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "500, 500ms",
    "60000, 1m",
    "5400000, 1h30m",
    "604800000, 1w",
    "691200000, 8d",
    "31536000000, 1y",
    "31536000001, 365d1ms",
    "-60000, -1m"
  })
  void writesTheShortest(long millis, String text) {
    assertThat(PrometheusDuration.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 45)));
      assertThat(PrometheusDuration.parse(PrometheusDuration.format(duration))).contains(duration);
    }
  }
}
