package io.fleetward.models.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.fleetward.models.faults.Episode.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeTableTest {
  private static List<Episode> read(String text) throws IOException {
    return EpisodeTable.read(new BufferedReader(new StringReader(text)));
  }

  @Test
  void whatIsWrittenIsReadAgainWithThreeDigits() throws IOException {
    double[] deviations = new double[FaultFeatures.count()];
    deviations[0] = 12.3456;
    deviations[3] = -0.001234;
    deviations[5] = 1_234_567;
    Origin origin = new Origin("perl", 0.7, "r1");
    List<Episode> read =
        read(EpisodeTable.write(List.of(new Episode(FaultKind.CPU_HOG, origin, deviations))));
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().origin()).isEqualTo(origin);
    assertThat(read.getFirst().kind()).isEqualTo(FaultKind.CPU_HOG);
    assertThat(read.getFirst().deviation(0)).isEqualTo(12.3);
    assertThat(read.getFirst().deviation(3)).isEqualTo(-0.00123);
    assertThat(read.getFirst().deviation(5)).isEqualTo(1_230_000);
    assertThat(EpisodeTable.write(read(EpisodeTable.write(read))))
        .isEqualTo(EpisodeTable.write(read));
  }

  @Test
  void aTableThatIsNoneIsRefusedWithItsLine() {
    String good = EpisodeTable.write(MadeUpEpisodes.episodes(1).subList(0, 1));
    assertThatIOException().isThrownBy(() -> read("")).withMessageStartingWith("1: the columns");
    assertThatIOException()
        .isThrownBy(() -> read(good + "cpu-hog,perl,1,r1,7\n"))
        .withMessageStartingWith("3: 5 fields instead of ");
    assertThatIOException()
        .isThrownBy(() -> read(good.replace("cpu-hog", "cpu-frog")))
        .withMessage("2: no kind \"cpu-frog\"");
  }

  @Test
  void theShippedTableHasEveryKindByProgramsOfThreeLanguages() {
    List<Episode> shipped = EpisodeTable.shipped();
    for (FaultKind kind : FaultKind.values()) {
      assertThat(shipped)
          .filteredOn(each -> each.kind() == kind)
          .extracting(each -> each.origin().program())
          .as(kind.text())
          .contains("perl", "python")
          .containsAnyOf("java", "node");
    }
  }
}
