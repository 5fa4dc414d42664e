package io.fleetward.rules.engine;

import static io.fleetward.rules.engine.SteppedHost.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.series.Appended;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What rules see of scrapes that come in parts, late or twice, and of series that come, end, and
/// start again.
class ScrapesTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private static SteppedHost recording(String expression) {
    return new SteppedHost("rules:\n- record: r\n  expr: " + expression);
  }

  private static double recorded(SteppedHost host, long second, String... labels) {
    host.round(second);
    return host.newest(series("r", labels), second);
  }

  @Test
  void aTickSeesNothingOfTheScrapesAfterIt() {
    SteppedHost host = recording("sum by (instance) (increase(c[1m]))");
    for (long second = 0; second <= 90; second += 15) {
      host.append(series("c"), second, (double) second);
    }
    assertThat(recorded(host, 60)).isCloseTo(60, EXACT);
  }

  @Test
  void aTickWaitsForTheRestOfAScrape() {
    SteppedHost host = recording("count by (instance) ({part=~'.+'})");
    host.append(series("a", "part", "1"), 60, 1);
    host.append(series("b", "part", "1"), 75, 1);
    host.append(series("a", "part", "2"), 60, 1);
    assertThat(recorded(host, 60)).isEqualTo(2);
  }

  @Test
  void aLatePartIsSeenByRangesFromTheNextTickOn() {
    SteppedHost host = recording("count_over_time(x[1m])");
    host.append(series("x"), 15, 1);
    host.append(series("x"), 30, 1);
    assertThat(recorded(host, 45)).isEqualTo(2);
    host.append(series("x"), 45, 1);
    assertThat(recorded(host, 60)).isEqualTo(3);
  }

  @Test
  void anOlderSampleAndASecondOneOfTheSameTimeChangeNothing() {
    SteppedHost host = recording("sum_over_time(x[1m])");
    Labels x = series("x");
    host.append(x, 15, 1);
    host.append(x, 30, 2);
    int slot = host.rules().slot(x);
    assertThat(host.rules().append(slot, 20_000, 100)).isEqualTo(Appended.OUT_OF_ORDER);
    assertThat(host.rules().append(slot, 30_000, 100)).isEqualTo(Appended.DUPLICATE);
    assertThat(host.rules().append(slot, 30_000, 2)).isEqualTo(Appended.REPEATED);
    assertThat(recorded(host, 30)).isEqualTo(3);
  }

  @Test
  void aCounterThatStartsAgainGoesOnGrowing() {
    SteppedHost host = recording("increase(c[1m])");
    double[] values = {100, 110, 5, 15, 25};
    for (int i = 0; i < values.length; i++) {
      host.append(series("c"), 15L * i, values[i]);
    }
    // 110 to 5 is a reset; 45 s of 60 s are sampled
    assertThat(recorded(host, 60)).isCloseTo(25 * 60 / 45.0, EXACT);
  }

  @Test
  void aLongRangeKnowsTheResetsBetweenItsBlocks() {
    SteppedHost host = recording("resets(c[2h])");
    long second = 0;
    for (int i = 0; i < 600; i++) {
      host.append(series("c"), second, i % 50);
      second += 15;
    }
    // 480 samples within 2 h
    assertThat(recorded(host, second - 15)).isEqualTo(9);
  }

  @Test
  void aSeriesThatEndedIsNotThereButItsRangeIs() {
    SteppedHost host =
        new SteppedHost(
            """
            rules:
            - record: now
              expr: x
            - record: before
              expr: sum_over_time(x[1m])
            """);
    host.append(series("x"), 15, 4);
    host.round(15);
    assertThat(host.newest(series("now"), 15)).isEqualTo(4);
    host.end(series("x"), 30);
    host.round(30);
    assertThat(host.newest(series("now"), 30)).isNaN();
    assertThat(host.newest(series("before"), 30)).isEqualTo(4);
  }

  @Test
  void aSilentSeriesIsSeenForFiveMinutesAndNotAtTheirEnd() {
    SteppedHost host = recording("x");
    host.append(series("x"), 0, 4);
    assertThat(recorded(host, 0)).isEqualTo(4);
    assertThat(recorded(host, 299)).isEqualTo(4);
    assertThat(recorded(host, 300)).isNaN();
    host.append(series("x"), 310, 5);
    assertThat(recorded(host, 310)).isEqualTo(5);
  }

  @Test
  void rulesBindToSeriesThatComeAndLetGoOfThoseThatWent() {
    SteppedHost host = recording("sum by (instance) (x)");
    Labels first = series("x", "part", "1");
    Labels second = series("x", "part", "2");
    assertThat(recorded(host, 0)).isNaN();
    host.append(first, 15, 1);
    assertThat(recorded(host, 15)).isEqualTo(1);
    host.append(first, 30, 1);
    host.append(second, 30, 2);
    assertThat(recorded(host, 30)).isEqualTo(3);
    long slots = host.rules().slotsVersion();
    for (long at = 45; at <= 600; at += 15) {
      host.append(second, at, 2);
      assertThat(recorded(host, at)).isEqualTo(at < 330 ? 3 : 2);
    }
    assertThat(host.rules().slotsVersion()).isNotEqualTo(slots);
    host.append(first, 615, 10);
    host.append(second, 615, 2);
    assertThat(recorded(host, 615)).isEqualTo(12);
  }

  @Test
  void whatARuleNoLongerRecordsEndsAtOnce() {
    SteppedHost host = recording("x > 5");
    host.append(series("x"), 0, 9);
    host.append(series("x", "part", "2"), 0, 9);
    assertThat(host.round(0).recorded()).isEqualTo(2);
    host.append(series("x"), 15, 1);
    host.append(series("x", "part", "2"), 15, 9);
    assertThat(host.round(15).recorded()).isEqualTo(2);
    assertThat(host.newest(series("r"), 15)).isNaN();
    assertThat(host.newest(series("r", "part", "2"), 15)).isEqualTo(9);
    assertThat(host.round(30).recorded()).isEqualTo(1);
  }

  @Test
  void whatIsRecordedMayPassFromOneSeriesToAnother() {
    SteppedHost host = new SteppedHost("rules:\n- record: r\n  expr: x\n  labels: {part: all}");
    host.append(series("x", "part", "1"), 0, 1);
    host.append(series("x", "part", "2"), 0, StaleMarker.VALUE);
    assertThat(recorded(host, 0, "part", "all")).isEqualTo(1);
    host.end(series("x", "part", "1"), 15);
    host.append(series("x", "part", "2"), 15, 2);
    assertThat(recorded(host, 15, "part", "all")).isEqualTo(2);
    host.append(series("x", "part", "1"), 30, 1);
    host.end(series("x", "part", "2"), 30);
    assertThat(recorded(host, 30, "part", "all")).isEqualTo(1);
    host.append(series("x", "part", "1"), 45, 1);
    host.append(series("x", "part", "2"), 45, 2);
    assertThat(host.round(45).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("same labelset"));
  }

  @Test
  void aSlowSeriesIsSeenByAnEvaluationThatComesLate() {
    SteppedHost host = recording("x");
    for (long second = 0; second <= 600; second += 60) {
      host.append(series("x"), second, (double) second);
    }
    assertThat(recorded(host, 590)).isEqualTo(540);
    assertThat(recorded(host, 600)).isEqualTo(600);
  }
}
