package io.fleetward.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetward.bench.scoring.Run;
import io.fleetward.models.table.BadTableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  @TempDir private Path folder;

  @Test
  void readsTheColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "label,a\n0,1\n1,2\n1,3\n0,4\n");

    assertThat(Labels.column(file)).containsExactly(false, true, true, false);
  }

  @Test
  void refusesAFileWithoutLabels() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n0,1\n");

    assertThatThrownBy(() -> Labels.column(file))
        .isInstanceOf(BadTableException.class)
        .hasMessage(file + ":1: column \"label\" is missing");
  }

  @Test
  void readsCausesWithAndWithoutTheLastRow() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "6506-6528:23,25\n7907-7907:1\n\n");
    BitSet metrics = new BitSet();
    metrics.set(22);
    metrics.set(24);

    assertThat(Labels.causes(file, false).getFirst())
        .isEqualTo(new Labels.Cause(new Run(6506, 6527), metrics));
    assertThat(Labels.causes(file, true))
        .extracting(Labels.Cause::event)
        .containsExactly(new Run(6506, 6528), new Run(7907, 7907));
  }

  @Test
  void aTimeOfAWindowMeansItsFirstRow() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            timestamp,value
            2014-04-10 00:00:00,1
            2014-04-10 00:05:00,1
            2014-04-10 00:05:00,1
            2014-04-10 00:10:00,1
            """);
    var windows =
        new ObjectMapper()
            .readTree("[[\"2014-04-10 00:05:00.000000\", \"2014-04-10 00:10:00.000000\"]]");

    assertThat(Labels.windows(windows, file)).containsExactly(new Run(1, 3));
    assertThat(Labels.marks(Labels.windows(windows, file), 4))
        .containsExactly(false, true, true, true);
  }
}
