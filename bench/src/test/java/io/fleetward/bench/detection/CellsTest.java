package io.fleetward.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellsTest {
  private static final Cells CELLS =
      new Cells(
          List.of("set", "VUS-PR"),
          List.of(List.of("a|b", Cells.score(0.1234)), List.of("c", Cells.score(Double.NaN))));

  @Test
  void alignsColumns() {
    assertThat(CELLS.text()).isEqualTo("set  VUS-PR\na|b  0.123\nc    –\n");
  }

  @Test
  void writesMarkdown() {
    assertThat(CELLS.markdown())
        .isEqualTo("| set | VUS-PR |\n| --- | --- |\n| a\\|b | 0.123 |\n| c | – |\n");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Cells(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("a row of 1 cells under 2 columns");
  }
}
