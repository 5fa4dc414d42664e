package io.fleetward.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultCatalogueTest {
  private static final List<FaultRun> RUNS = FaultCatalogue.runs();

  @Test
  void everyKindIsMadeByProgramsToLearnFromAndByOthersHeldOut() {
    Map<String, Set<String>> programs =
        RUNS.stream()
            .filter(run -> !run.kind().equals(FaultRun.NONE))
            .collect(
                Collectors.groupingBy(
                    FaultRun::kind,
                    TreeMap::new,
                    Collectors.mapping(FaultRun::program, Collectors.toSet())));
    assertThat(programs.values())
        .allSatisfy(each -> assertThat(each).contains("perl", "python", "java", "node"));
  }

  @Test
  void heldOutProgramsHaveRatesOfTheirOwn() {
    Map<String, Set<Double>> learnt =
        RUNS.stream()
            .filter(run -> !FaultCatalogue.HELD_OUT.contains(run.program()))
            .filter(run -> !run.program().equals("sh")) // counts in units of its own
            .collect(
                Collectors.groupingBy(
                    FaultRun::kind, Collectors.mapping(FaultRun::rate, Collectors.toSet())));
    assertThat(RUNS)
        .filteredOn(run -> FaultCatalogue.HELD_OUT.contains(run.program()))
        .allSatisfy(run -> assertThat(learnt.get(run.kind())).doesNotContain(run.rate()));
  }

  @Test
  void theOrderIsTheSameEveryTimeAndNoRunComesTwice() {
    assertThat(FaultCatalogue.runs()).isEqualTo(RUNS).doesNotHaveDuplicates();
  }

  @Test
  void aRunIsReadFromItsLine() {
    FaultRun run = new FaultRun("memory-leak", "node", 22.5, 50);
    assertThat(FaultRun.ofLine(run.toLine())).isEqualTo(run);
    assertThatIllegalArgumentException().isThrownBy(() -> FaultRun.ofLine("memory-leak node 22.5"));
  }
}
