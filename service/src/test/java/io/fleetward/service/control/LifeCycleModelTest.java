package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fleetward.service.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Random histories of the life cycle, held against the safety invariants: none is violated, and
/// each planted defect is found. `-Dfleetward.runs=N` for more, `-Dfleetward.seed=N` for one.
class LifeCycleModelTest {
  private static final int RUNS = Integer.getInteger("fleetward.runs", 6);
  private static final int STEPS = 250;
  private static final int SEEDS_FOR_A_DEFECT = 200;
  private static final List<String> TABLES =
      List.of(
          "attempt",
          "outbox",
          "outcome",
          "approval",
          "timeline",
          "trace",
          "remediation",
          "alert",
          "incident",
          "pause",
          "host");

  private static Database database;

  @BeforeAll
  static void open() {
    ((Logger) LoggerFactory.getLogger("io.fleetward")).setLevel(Level.WARN);
    database = Database.open("jdbc:h2:mem:model;DB_CLOSE_DELAY=-1");
  }

  @AfterAll
  static void close() {
    database.close();
    ((Logger) LoggerFactory.getLogger("io.fleetward")).setLevel(null);
  }

  @Test
  void noInvariantIsViolated() {
    long first = Long.getLong("fleetward.seed", 1);
    int plans = 0;
    int verified = 0;
    List<String> violations = new ArrayList<>();
    for (long seed = first; seed < first + RUNS; seed++) {
      ModelHistory history = history(seed, PlantedDefect.NOTHING_IS_WRONG);
      for (String violation : ModelChecks.violations(history)) {
        violations.add("seed %d: %s".formatted(seed, violation));
      }
      plans += history.sent.size();
      verified +=
          (int) history.remediations.stream().filter(r -> r.state().equals("verified")).count();
    }
    System.out.printf(
        "%d runs from seed %d: %d plans, %d verified%n", RUNS, first, plans, verified);

    assertThat(violations).isEmpty();
    // else nothing was tried
    assertThat(plans).isGreaterThan(RUNS);
    assertThat(verified).isPositive();
  }

  @ParameterizedTest
  @MethodSource("io.fleetward.service.control.PlantedDefect#all")
  void everyPlantedDefectIsFound(PlantedDefect defect) {
    OptionalInt seeds = OptionalInt.empty();
    for (int seed = 1; seed <= SEEDS_FOR_A_DEFECT && seeds.isEmpty(); seed++) {
      boolean found =
          ModelChecks.violations(history(seed, defect)).stream()
              .anyMatch(violation -> violation.startsWith(defect.invariant() + ":"));
      seeds = found ? OptionalInt.of(seed) : seeds;
    }
    System.out.printf("%s, %s: seeds needed %s%n", defect.invariant(), defect, seeds);

    assertThat(seeds).isPresent();
  }

  private static ModelHistory history(long seed, PlantedDefect defect) {
    database
        .jdbi()
        .useHandle(handle -> TABLES.forEach(name -> handle.execute("DELETE FROM " + name)));
    return new ModelWorld(seed, database, defect).run(STEPS);
  }
}
