package io.fleetward.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Measures how often intervals hold the truth, nominally in nine cases out of ten. The seed is
/// `-Dfleetward.seed`, the number of series of each kind `-Dfleetward.series`.
class ForecastCoverageTest {
  private static final long SEED = Long.getLong("fleetward.seed", 7);
  private static final int SERIES = Integer.getInteger("fleetward.series", 6);
  private static final int LENGTH = 16_000;

  private final RobustLine line = new RobustLine();

  @Test
  void intervalsHoldTheTruthInNineCasesOutOfTen() {
    Map<String, Coverage> measured = new LinkedHashMap<>();
    Coverage all = new Coverage();
    RoomSeries.families()
        .forEach((name, family) -> {
          Coverage coverage = new Coverage();
          for (int i = 0; i < SERIES; i++) {
            coverage.walk(family.make(new Random(SEED + 31L * i), LENGTH), line);
          }
          measured.put(name, coverage);
          all.add(coverage);
        });
    measured.forEach((name, coverage) -> System.out.printf("%-26s %s%n", name, coverage));
    System.out.printf("%-26s %s%n", "all", all);
    assertThat(all.ofIntervals()).as("seed %d: %s", SEED, all).isGreaterThanOrEqualTo(0.9);
    assertThat(all.ofAll()).as("seed %d: %s", SEED, all).isGreaterThanOrEqualTo(0.9);
    assertThat(find(measured, "linear").ofIntervals()).as("linear").isGreaterThanOrEqualTo(0.9);
    assertThat(find(measured, "noisy").ofIntervals()).as("noisy").isGreaterThanOrEqualTo(0.9);
    assertThat(find(measured, "flat").intervals()).as("flat").isZero();
    assertThat(find(measured, "daily season alone").intervals()).as("season").isZero();
    // Never exhausted, so that every interval is wrong.
    Coverage rotation = find(measured, "log rotation");
    assertThat(rotation.intervals()).as("rotation").isLessThan(rotation.answers() / 50);
  }

  private static Coverage find(Map<String, Coverage> measured, String name) {
    Coverage found = measured.get(name);
    if (found == null) {
      throw new AssertionError("nothing measured for " + name);
    }
    return found;
  }
}
