package io.fleetward.models.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.models.peers.PeerAssessment.Compared;
import io.fleetward.models.peers.PeerAssessment.Deviation;
import io.fleetward.models.peers.PeerAssessment.Undetermined;
import io.fleetward.models.peers.PeerSpecification.IdleBelow;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final FeatureSpecification CPU =
      new FeatureSpecification("cpu", 0.01, Direction.UP);
  private static final FeatureSpecification MEMORY =
      new FeatureSpecification("memory", 0.01, Direction.DOWN);
  private static final Peers BY_CPU = new Peers(new PeerSpecification(List.of(CPU), 5, List.of()));

  private static List<PeerRow> cpu(double... values) {
    List<PeerRow> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(new PeerRow("web-" + rows.size(), value));
    }
    return rows;
  }

  private static Compared compared(List<PeerAssessment> assessments, int host) {
    return (Compared) assessments.get(host);
  }

  @Test
  void theDeviationIsCountedInRobustStandardDeviationsOfTheClass() {
    // Median 0.3, distances 0.1 0.05 0 0.1 0.5: their median 0.1, times 1.4826 and 1.206.
    Compared odd = compared(BY_CPU.compare(cpu(0.2, 0.25, 0.3, 0.4, 0.8)), 4);
    assertThat(odd.hosts()).isEqualTo(5);
    Deviation deviation = odd.deviations().getFirst();
    assertThat(deviation.expected()).isEqualTo(0.3);
    assertThat(deviation.deviation()).isCloseTo(0.5 / (0.1 * 1.4826 * 1.206), within(1e-9));
    // Student's t with 2 degrees of freedom: 1 - t / sqrt(2 + t²) is beyond t.
    double t = deviation.deviation();
    assertThat(odd.score()).isCloseTo(t / Math.sqrt(2 + t * t), within(1e-9));
  }

  @Test
  void theOneThatDiffersStandsOutAndTheOthersDoNot() {
    double[] values = new double[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.3 + 0.01 * (i % 7);
    }
    values[11] = 0.95;
    List<PeerAssessment> assessments = BY_CPU.compare(cpu(values));
    assertThat(compared(assessments, 11).score()).isGreaterThan(0.999);
    for (int host = 0; host < values.length; host++) {
      if (host != 11) {
        assertThat(compared(assessments, host).score()).isLessThan(0.9);
      }
    }
  }

  @Test
  void alikeHostsMakeNoTrifleADeviation() {
    List<PeerAssessment> assessments = BY_CPU.compare(cpu(0.3, 0.3, 0.3, 0.3, 0.3, 0.305));
    Deviation deviation = compared(assessments, 5).deviations().getFirst();
    assertThat(deviation.deviation()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aDeviationToTheSideThatDoesNotCountIsNone() {
    List<PeerAssessment> assessments = BY_CPU.compare(cpu(0.8, 0.81, 0.82, 0.8, 0.81, 0.1));
    assertThat(compared(assessments, 5).score()).isZero();
  }

  @Test
  void idleHostsAreNeitherJudgedNorComparedWith() {
    Peers peers =
        new Peers(new PeerSpecification(List.of(CPU), 5, List.of(new IdleBelow(0, 0.05))));
    List<PeerAssessment> assessments =
        peers.compare(cpu(0.01, 0.5, 0.02, 0.52, 0.0, 0.51, 0.01, 0.5, 0.03, 0.53, 0.02));
    assertThat(assessments.get(0))
        .isEqualTo(new Undetermined("web-0", "idle: below every limit of work"));
    Compared busy = compared(assessments, 1);
    assertThat(busy.hosts()).isEqualTo(5);
    assertThat(busy.deviations().getFirst().expected()).isEqualTo(0.51);
  }

  @Test
  void aHostWhoseWorkIsUnknownIsNotIdle() {
    Peers peers =
        new Peers(new PeerSpecification(List.of(CPU, MEMORY), 5, List.of(new IdleBelow(0, 0.05))));
    List<PeerRow> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(new PeerRow("web-" + i, i == 0 ? Double.NaN : 0.5, 0.4));
    }
    Compared unknown = compared(peers.compare(rows), 0);
    assertThat(unknown.deviations()).extracting(Deviation::feature).containsExactly("memory");
  }

  @Test
  void aSmallClassSaysNothing() {
    assertThat(BY_CPU.compare(cpu(0.1, 0.2, 0.3, 0.9)).get(3))
        .isEqualTo(new Undetermined("web-3", "4 hosts at work in its class, fewer than 5"));
    assertThat(BY_CPU.compare(List.of())).isEmpty();
  }

  @Test
  void aFeatureThatTooFewHaveIsLeftOut() {
    Peers peers = new Peers(new PeerSpecification(List.of(CPU, MEMORY), 5, List.of()));
    List<PeerRow> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(new PeerRow("web-" + i, 0.5, i < 4 ? 0.4 : Double.NaN));
    }
    assertThat(compared(peers.compare(rows), 0).deviations())
        .extracting(Deviation::feature)
        .containsExactly("cpu");
    List<PeerRow> none = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      none.add(new PeerRow("web-" + i, Double.NaN, Double.POSITIVE_INFINITY));
    }
    assertThat(peers.compare(none).get(2))
        .isEqualTo(new Undetermined("web-2", "no feature that enough hosts of its class have"));
  }

  @Test
  void aCommonCauseMakesNobodyStandOut() {
    // The whole class goes up together.
    List<PeerAssessment> assessments = BY_CPU.compare(cpu(0.93, 0.95, 0.96, 0.94, 0.97, 0.95));
    for (int host = 0; host < 6; host++) {
      assertThat(compared(assessments, host).score()).isLessThan(0.9);
    }
  }

  @Test
  void furtherOutAlwaysScoresHigherUntilDoublesEnd() {
    double last = 0;
    for (int i = 1; i < 40; i++) {
      Compared odd =
          compared(BY_CPU.compare(cpu(0.1, 0.2, 0.3, 0.25, 0.15, 0.22, 0.3 + 0.1 * i)), 6);
      assertThat(odd.score()).isGreaterThan(last);
      last = odd.score();
    }
  }

  /// On hosts that are alike the share of scores above 1 - p is at most about p, whatever the size
  /// of the class.
  @Test
  void scoresAreTailProbabilities() {
    for (int hosts : new int[] {5, 6, 8, 12, 40}) {
      Random random = new Random(5);
      FeatureSpecification feature = new FeatureSpecification("f", 1e-9, Direction.BOTH);
      Peers peers = new Peers(new PeerSpecification(List.of(feature), 5, List.of()));
      int all = 0;
      int above = 0;
      for (int round = 0; round < 40_000 / hosts; round++) {
        double[] values = random.doubles(hosts).map(_ -> random.nextGaussian()).toArray();
        for (PeerAssessment assessment : peers.compare(cpu(values))) {
          above += ((Compared) assessment).score() > 0.98 ? 1 : 0;
          all++;
        }
      }
      assertThat((double) above / all).as("%d hosts", hosts).isBetween(0.001, 0.024);
    }
  }

  @Test
  void theTailIsStudents() {
    // Tables: t with 4 and 8 degrees of freedom, both sides.
    assertThat(StudentTail.bothSides(2.7764, 4)).isCloseTo(0.05, within(2e-5));
    assertThat(StudentTail.bothSides(3.3554, 8)).isCloseTo(0.01, within(2e-5));
    // One degree is Cauchy's: 1 - 2/π atan(t).
    assertThat(StudentTail.bothSides(5, 1))
        .isCloseTo(1 - 2 / Math.PI * Math.atan(5), within(1e-12));
    assertThat(StudentTail.bothSides(0, 3)).isEqualTo(1);
    assertThat(StudentTail.bothSides(1e6, 8)).isPositive();
  }

  @Test
  void bothViewsAreSeriesOfTheHost() {
    Compared odd = compared(BY_CPU.compare(cpu(0.2, 0.25, 0.3, 0.4, 0.8)), 4);
    Map<String, Double> told = new TreeMap<>();
    PeerSeries.tell(odd, 0.7, (series, value) -> told.put(series.toString(), value));
    assertThat(told)
        .containsEntry("fleetward_peer_score{instance=\"web-4\"}", odd.score())
        .containsEntry("fleetward_peer_hosts{instance=\"web-4\"}", 5.0)
        .containsEntry("fleetward_two_view_score{instance=\"web-4\"}", 0.7)
        .containsKey("fleetward_peer_deviation{feature=\"cpu\", instance=\"web-4\"}")
        .hasSize(4);
    told.clear();
    PeerSeries.tell(odd, Double.NaN, (series, value) -> told.put(series.toString(), value));
    assertThat(told).doesNotContainKey("fleetward_two_view_score{instance=\"web-4\"}");
    told.clear();
    PeerSeries.tell(
        new Undetermined("web-4", "idle"), 0.9, (series, value) -> told.put("" + series, value));
    assertThat(told).isEmpty();
  }

  @Test
  void aSpecificationThatCannotWorkIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeerSpecification(List.of(CPU), 4, List.of()))
        .withMessageContaining("at least 5 hosts");
    FeatureSpecification floorless = new FeatureSpecification("cpu", 0, Direction.UP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeerSpecification(List.of(floorless), 5, List.of()))
        .withMessageContaining("scale floor above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeerSpecification(List.of(CPU), 5, List.of(new IdleBelow(1, 0.1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BY_CPU.compare(List.of(new PeerRow("web-1", 1, 2))))
        .withMessageContaining("web-1 has 2 features");
  }
}
