package io.fleetward.models.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTimesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1500012900, 1500012900",
    "1500012900.75, 1500012900",
    "1.5000129E9, 1500012900",
    "-1.5, -2",
    "1500012900123, 1500012900",
    "2014-02-14 14:30:00, 1392388200",
    "2014-02-14 14:30, 1392388200",
    "2014-02-14T14:30:00Z, 1392388200",
    "2014-02-14 14:30:00.000000, 1392388200",
    "2014-02-14T15:30:00.5+01:00, 1392388200",
    "2014-02-14T15:30:00+0100, 1392388200",
    "2014-02-14 15:30:00 +01, 1392388200",
    "2014-02-14, 1392336000"
  })
  void reads(String text, long seconds) {
    assertThat(RowTimes.seconds(text)).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NaN", "Infinity", "1e300", "noon", "12:30", "2014-13-01", "7d", "14.02.2014"})
  void refuses(String text) {
    assertThat(RowTimes.seconds(text)).isEmpty();
  }
}
