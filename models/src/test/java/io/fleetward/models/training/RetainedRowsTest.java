package io.fleetward.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetainedRowsTest {
  @Test
  void keepsTheNewestOfEachHost() {
    RetainedRows rows = new RetainedRows(2, 4, 100);
    for (int i = 0; i < 250; i++) {
      rows.add("web-1", 10L * i, new double[] {i, -i}, i / 250.0, i % 2 == 0);
    }

    HostRows kept = rows.snapshot().getFirst();
    double[] row = new double[2];
    kept.read(0, row);

    assertThat(kept.size()).isEqualTo(100);
    assertThat(kept.seconds(0)).isEqualTo(1_500);
    assertThat(kept.seconds(99)).isEqualTo(2_490);
    assertThat(row).containsExactly(150, -150);
    assertThat(kept.score(50)).isEqualTo((float) 0.8);
    assertThat(kept.alarm(0)).isTrue();
    assertThat(kept.alarm(1)).isFalse();
    assertThat(kept.firstAfter(1_500)).isEqualTo(1);
    assertThat(kept.firstAfter(1_501)).isEqualTo(1);
    assertThat(kept.firstAfter(9_999)).isEqualTo(100);
  }

  @Test
  void aRowThatIsKnownAlreadyIsLeftOut() {
    RetainedRows rows = new RetainedRows(1, 1, 10);
    rows.add("web-1", 20, new double[] {1}, 0, false);
    rows.add("web-1", 20, new double[] {2}, 0, false);
    rows.add("web-1", 10, new double[] {3}, 0, false);

    assertThat(rows.rows()).isEqualTo(1);
  }

  @Test
  void whichHostsStayDependsOnTheirNamesAlone() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      names.add("web-%03d".formatted(i));
    }
    List<String> first = kept(names);
    Collections.shuffle(names, new Random(1));

    assertThat(kept(names)).isEqualTo(first).hasSize(16);
    assertThat(HostSample.of(names, 16)).containsExactlyInAnyOrderElementsOf(first);
  }

  private static List<String> kept(List<String> names) {
    RetainedRows rows = new RetainedRows(1, 16, 10);
    names.forEach(name -> rows.add(name, 0, new double[] {0}, 0, false));
    return rows.snapshot().stream().map(HostRows::instance).toList();
  }

  @Test
  void aRowOfOtherFeaturesIsRefused() {
    assertThatThrownBy(() -> new RetainedRows(2, 1, 10).add("web-1", 0, new double[3], 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 3 features among rows of 2");
  }
}
