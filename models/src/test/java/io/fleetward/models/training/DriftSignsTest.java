package io.fleetward.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DriftSignsTest {
  private static final long NOW = 2 * 86_400;

  @Test
  void calibratedScoresAreNoDrift() {
    assertThat(DriftSigns.of(List.of(host("a", DriftSignsTest::calibrated)), List.of(), NOW))
        .isEmpty();
  }

  @Test
  void aClassThatScoresHighHasDrifted() {
    List<HostRows> hosts =
        List.of(
            host("a", DriftSignsTest::loud),
            host("b", DriftSignsTest::loud),
            host("c", DriftSignsTest::calibrated));

    assertThat(DriftSigns.of(hosts, List.of(), NOW))
        .hasValue(
            "drift: on the middle of 3 hosts 20.0 % of the last day's rows score above 0.99 and the median is 0.500");
  }

  @Test
  void aHighMedianIsDriftToo() {
    assertThat(DriftSigns.of(List.of(host("a", _ -> 0.95)), List.of(), NOW)).isPresent();
  }

  @Test
  void oneIllHostIsNoDriftOfItsClass() {
    List<HostRows> hosts =
        List.of(
            host("a", DriftSignsTest::loud),
            host("b", DriftSignsTest::calibrated),
            host("c", DriftSignsTest::calibrated));

    assertThat(DriftSigns.of(hosts, List.of(), NOW)).isEmpty();
  }

  @Test
  void confirmedIncidentsAndOldRowsDoNotCount() {
    ConfirmedIncident incident = new ConfirmedIncident("a", 86_400, Long.MAX_VALUE);

    assertThat(DriftSigns.of(List.of(host("a", DriftSignsTest::loud)), List.of(incident), NOW))
        .isEmpty();
    assertThat(DriftSigns.of(List.of(host("a", DriftSignsTest::loud)), List.of(), NOW + 90_000))
        .isEmpty();
  }

  @Test
  void trainingIsDueWhenTheIntervalIsOverOrThereIsAReason() {
    TrainingSchedule schedule = TrainingSchedule.DEFAULT;
    Instant now = Instant.ofEpochSecond(NOW);
    Instant recently = now.minus(Duration.ofHours(2));
    Optional<String> none = Optional.empty();
    Optional<String> drift = Optional.of("drift: …");

    assertThat(schedule.due(now, Instant.MIN, false, none)).hasValue("never trained");
    assertThat(schedule.due(now, recently, true, none)).isEmpty();
    assertThat(schedule.due(now, recently, true, drift)).isEqualTo(drift);
    assertThat(schedule.due(now, recently, false, none)).hasValue("no champion yet");
    assertThat(schedule.due(now, now.minus(Duration.ofMinutes(59)), false, drift)).isEmpty();
    assertThat(schedule.due(now, now.minus(Duration.ofDays(1)), true, none))
        .hasValue("the interval is over");
  }

  private static double calibrated(int i) {
    return (i % 200) / 200.0;
  }

  private static double loud(int i) {
    return i % 5 == 0 ? 0.999 : 0.5;
  }

  private static HostRows host(String instance, IntToDoubleFunction score) {
    RetainedRows rows = new RetainedRows(1, 1, 3_000);
    for (int i = 1; i <= 2_880; i++) {
      rows.add(instance, 60L * i, new double[] {0}, score.applyAsDouble(i), false);
    }
    return rows.snapshot().getFirst();
  }
}
