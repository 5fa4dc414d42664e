package io.fleetward.models.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.fleetward.models.SyntheticHost;
import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.host.HostModel.Restoration;
import io.fleetward.models.host.ModelShelf.Part;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.stream.Ensemble;
import io.fleetward.models.stream.Times;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleHostTest {
  private static final ModelSpecification.Ensemble HOST =
      new ModelSpecification.Ensemble(
          "host",
          "score",
          "alarm",
          "threshold",
          SyntheticHost.SPECIFICATION.features().stream()
              .map(feature ->
                  new FeatureSpecification(feature.series(), feature.scaleFloor(), Direction.BOTH))
              .toList(),
          2);
  private static final int ROWS = 700;

  /// What a row gave, bit by bit.
  private record Outcome(
      Assessment assessment, boolean anomalous, double threshold, List<Contribution> because) {
    static Outcome of(HostModel model, int row, double[] features) {
      Assessment assessment = model.observe(1_700_000_000_000L + 10_000L * row, features);
      return new Outcome(assessment, model.isAnomalous(), model.threshold(), model.contributions());
    }
  }

  private static HostModel begun(MapShelf shelf) {
    return HostModel.of(HOST, "web-1", shelf);
  }

  /// A host with a fault in the middle and a feature that is sometimes missing.
  private static double[][] rows(int count) {
    var host = new SyntheticHost(3, 10, 0.4);
    var random = new Random(4);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = host.next();
      if (i % 350 >= 300 && i % 350 < 330) {
        rows[i][SyntheticHost.BUSY] += 5;
      }
      if (random.nextInt(20) == 0) {
        rows[i][3] = Double.NaN;
      }
    }
    return rows;
  }

  @Test
  void warmsUpThenScoresAndRaisesItsAlarm() {
    double[][] rows = rows(ROWS);
    HostModel model = begun(new MapShelf());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      outcomes.add(Outcome.of(model, i, rows[i]));
    }

    assertThat(outcomes.getFirst().assessment()).isInstanceOf(Undetermined.class);
    assertThat(outcomes.get(148).assessment()).isInstanceOf(Undetermined.class);
    assertThat(outcomes.get(149).assessment()).isInstanceOf(Scored.class);
    assertThat(model.isTrained()).isTrue();
    assertThat(outcomes.get(290).anomalous()).isFalse();
    Outcome fault = outcomes.get(303);
    assertThat(fault.anomalous()).isTrue();
    Contribution first = fault.because().getFirst();
    assertThat(first.feature()).isEqualTo("busy");
    assertThat(first.actual()).isEqualTo(rows[303][SyntheticHost.BUSY]);
    assertThat(first.expected()).isLessThan(first.actual() - 0.3);
    assertThat(fault.because().stream().mapToDouble(Contribution::share).sum())
        .isBetween(0.99, 1.01);
  }

  @Test
  void aTakeOverAfterAnyRowChangesNothing() {
    double[][] rows = rows(ROWS);
    var shelf = new MapShelf();
    HostModel whole = begun(shelf);
    List<Outcome> expected = new ArrayList<>();
    List<MapShelf> shelves = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      shelves.add(shelf.copy());
      expected.add(Outcome.of(whole, i, rows[i]));
    }
    for (int killed = 0; killed < ROWS; killed += 7) {
      HostModel heir = begun(shelves.get(killed));
      assertThat(heir.restore()).isEqualTo(new Restoration.Whole());
      for (int i = killed; i < Math.min(ROWS, killed + 20); i++) {
        assertThat(Outcome.of(heir, i, rows[i])).as("row %d", i).isEqualTo(expected.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void manyTakeOversChangeNothing(long seed) {
    double[][] rows = rows(ROWS);
    var moments = new Random(seed);
    HostModel whole = begun(new MapShelf());
    var shelf = new MapShelf();
    HostModel disturbed = begun(shelf);
    for (int i = 0; i < ROWS; i++) {
      assertThat(Outcome.of(disturbed, i, rows[i]))
          .as("row %d, seed %d", i, seed)
          .isEqualTo(Outcome.of(whole, i, rows[i]));
      if (moments.nextInt(40) == 0) {
        shelf = shelf.copy();
        disturbed = begun(shelf);
        disturbed.restore();
      }
    }
  }

  @Test
  void whatCannotBeReadIsThrownAwayWhole() {
    var shelf = new MapShelf();
    HostModel model = begun(shelf);
    double[][] rows = rows(400);
    for (int i = 0; i < rows.length; i++) {
      model.observe(10_000L * i, rows[i]);
    }
    byte[] altered = shelf.get(Part.SNAPSHOT, 0).orElseThrow().clone();
    altered[altered.length / 2] ^= 1;
    shelf.put(Part.SNAPSHOT, 0, altered);

    HostModel heir = begun(shelf);
    assertThat(heir.restore())
        .isInstanceOfSatisfying(
            Restoration.Refused.class,
            refused -> assertThat(refused.reason()).contains("checksum"));
    assertThat(heir.isTrained()).isFalse();
    assertThat(shelf.count(Part.SNAPSHOT)).isZero();
    assertThat(shelf.count(Part.JOURNAL)).isZero();
    assertThat(heir.observe(4_000_000, rows[0])).isInstanceOf(Undetermined.class);
  }

  @Test
  void refusesSnapshotsOfAnotherVersionOrCutShort() {
    var shelf = new MapShelf();
    new Snapshot(300, new byte[12]).write(shelf);
    assertThat(begun(shelf).restore())
        .isInstanceOfSatisfying(
            Restoration.Refused.class,
            refused -> assertThat(refused.reason()).contains("cannot be used"));
    shelf.put(Part.SNAPSHOT, 0, new byte[] {1, 2});
    assertThat(begun(shelf).restore())
        .isEqualTo(new Restoration.Refused("its snapshot is of another version"));
    new Snapshot(300, new byte[600_000]).write(shelf);
    assertThat(shelf.count(Part.SNAPSHOT)).isEqualTo(3);
    shelf.delete(Part.SNAPSHOT, 2);
    assertThat(begun(shelf).restore())
        .isEqualTo(new Restoration.Refused("its snapshot is not whole"));
  }

  @Test
  void saysWhenTooMuchIsMissing() {
    HostModel model = begun(new MapShelf());
    double[][] rows = rows(300);
    for (int i = 0; i < 290; i++) {
      model.observe(10_000L * i, rows[i]);
    }
    double[] empty = new double[HOST.features().size()];
    Arrays.fill(empty, Double.NaN);

    assertThat(model.observe(2_900_000, empty))
        .isInstanceOfSatisfying(
            Undetermined.class,
            undetermined -> assertThat(undetermined.reason()).contains("quarter"));
    assertThat(model.isAnomalous()).isFalse();
    assertThat(model.contributions()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> model.observe(1, new double[1]));
  }

  /// A memory pressure that was always 0 and is 0.02 for once is nothing where the floor is 0.05.
  @Test
  void deviationsBelowTheFloorAreNothing() {
    assertThat(scoreOfABlip(0.05)).isLessThan(0.9);
    assertThat(scoreOfABlip(0)).isGreaterThan(0.99);
  }

  private static double scoreOfABlip(double floor) {
    var specification =
        new ModelSpecification.Ensemble(
            "quiet",
            "s",
            null,
            null,
            List.of(
                new FeatureSpecification("noise", floor, Direction.BOTH),
                new FeatureSpecification("pressure", floor, Direction.BOTH)),
            2);
    HostModel model = HostModel.of(specification, "web-1", new MapShelf());
    var random = new Random(5);
    for (int i = 0; i < 400; i++) {
      model.observe(10_000L * i, new double[] {random.nextGaussian(), 0});
    }
    return model.observe(4_000_000, new double[] {0, 0.02}) instanceof Scored(double score, _)
        ? score
        : Double.NaN;
  }

  @Test
  void hostsTakeTheirSnapshotsAtDifferentRows() {
    long[] atRow = new long[EnsembleJournal.SLOTS];
    for (int host = 0; host < 200; host++) {
      var shelf = new MapShelf();
      HostModel model =
          HostModel.of(
              new ModelSpecification.Ensemble(
                  "m", "s", null, null, HOST.features().subList(0, 1), 2),
              "web-" + host,
              shelf);
      int row = 0;
      while (shelf.count(Part.SNAPSHOT) == 0) {
        model.observe(10_000L * row, new double[] {1});
        row++;
      }
      atRow[row - 1]++;
    }
    assertThat(Arrays.stream(atRow).max().orElseThrow()).isLessThan(8);
  }

  /// What a host costs: bytes on the heap for each row, on the shelf, and CPU. Numbers are printed.
  @ParameterizedTest
  @ValueSource(ints = {10, 38})
  void allocatesNothingButItsAnswerAndKeepsFewBytes(int width) {
    var specification =
        new ModelSpecification.Ensemble(
            "m",
            "s",
            "a",
            null,
            IntStream.range(0, width)
                .mapToObj(i -> new FeatureSpecification("f" + i, 0, Direction.BOTH))
                .toList(),
            2);
    var random = new Random(6);
    double[][] rows = new double[2048][width];
    for (double[] row : rows) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    var shelf = new MapShelf();
    var ensemble = new Ensemble(new double[width], Times.SECONDS, 2);
    HostModel model = HostModel.of(specification, "web-1", shelf);
    for (int i = 0; i < 5000; i++) {
      ensemble.score(10L * i, rows[i % rows.length]);
      model.observe(10_000L * i, rows[i % rows.length]);
    }
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = shelf.bytesWritten();
    long cpu = thread.getCurrentThreadCpuTime();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    for (int i = 5000; i < 5500; i++) { // no fit between 4,863 and 7,294 rows
      ensemble.score(10L * i, rows[i % rows.length]);
    }
    allocated = thread.getCurrentThreadAllocatedBytes() - allocated;
    cpu = thread.getCurrentThreadCpuTime() - cpu;
    for (int i = 5000; i < 5000 + 4 * EnsembleJournal.SLOTS; i++) {
      model.observe(10_000L * i, rows[i % rows.length]);
    }
    long kept = (shelf.bytesWritten() - before) / (4 * EnsembleJournal.SLOTS);
    double restoring = 0;
    for (int i = 0; i < EnsembleJournal.SLOTS; i += 16) {
      for (int j = i; j < i + 16; j++) {
        model.observe(100_000_000L + 10_000L * j, rows[j]);
      }
      long begun = thread.getCurrentThreadCpuTime();
      HostModel.of(specification, "web-1", shelf).restore();
      restoring = Math.max(restoring, (thread.getCurrentThreadCpuTime() - begun) / 1e6);
    }
    double longest = 0;
    var another = new Ensemble(new double[width], Times.SECONDS, 2);
    for (int i = 0; i < 5000; i++) {
      long begun = thread.getCurrentThreadCpuTime();
      another.score(10L * i, rows[i % rows.length]);
      longest = Math.max(longest, (thread.getCurrentThreadCpuTime() - begun) / 1e6);
    }
    System.out.printf(
        "%d features: %d bytes allocated in 500 rows, %.1f us of CPU a row, state of %d bytes,"
            + " %d bytes kept a row, restored in at most %.1f ms of CPU, %.1f ms for the row with the longest fit%n",
        width, allocated, cpu / 500e3, ensemble.toBytes().length, kept, restoring, longest);
    assertThat(allocated).isLessThan(500);
  }
}
