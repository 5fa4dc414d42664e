package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{}}",
        "{{schema:1 count:4 sum:5.5 buckets:[1 2 1]}}",
        "{{count:4 sum:-1 z_bucket:2 z_bucket_w:0.001 counter_reset_hint:gauge offset:3 buckets:[1 0 1] n_offset:-2 n_buckets:[4]}}",
        "{{schema:-53 count:3 sum:2 custom_values:[1 2.5] buckets:[1 1 1]}}",
      })
  void whatIsWrittenReadsTheSame(String text) {
    var read = HistogramText.parse(text.substring(2, text.length() - 2)).histogram();
    assertThat(HistogramText.of(read)).isEqualTo(text);
  }
}
