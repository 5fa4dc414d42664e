package io.fleetward.models.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.fleetward.models.SyntheticHost;
import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.kmeans.Fit.Fitted;
import io.fleetward.models.kmeans.Fit.Refused;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.la.DenseVector;

class KMeansDetectorTest {
  private static final KMeans HOST = SyntheticHost.SPECIFICATION;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

  @Test
  void agreesWithTribuoOnTheNearestCentroidAndItsDistance() {
    double[][] rows = rows(7, 400);
    RobustScaling scaling = RobustScaling.fit(HOST, rows);
    double[][] scaled = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      scaling.scale(rows[i], scaled[i]);
    }
    KMeansModel tribuo = TribuoKMeans.train(Arrays.copyOf(scaled, 200), 8);
    Centroids centroids = TribuoKMeans.read(tribuo, scaled[0].length);

    assertThat(centroids.count()).isEqualTo(8);
    String[] names = TribuoKMeans.names(scaled[0].length);
    for (double[] row : scaled) {
      int nearest = tribuo.predict(TribuoKMeans.example(names, row)).getOutput().getID();
      double distance =
          DistanceType.L2
              .getDistance()
              .computeDistance(
                  tribuo.getCentroidVectors()[nearest], DenseVector.createDenseVector(row));
      assertThat(centroids.nearest(row)).isEqualTo(nearest);
      assertThat(centroids.distance(row, nearest)).isCloseTo(distance, within(1e-9));
    }
  }

  @Test
  void namesTheFeaturesThatMadeTheScore() {
    double[][] rows = rows(8, 300);
    KMeansDetector detector = fitted(rows).detector();
    double[] hog = rows[299].clone();
    hog[SyntheticHost.BUSY] += 0.5;
    hog[SyntheticHost.PROCESS_CORES] += 1;

    List<Contribution> contributions = detector.contributions(hog);

    assertThat(contributions.subList(0, 2))
        .extracting(Contribution::feature)
        .containsExactlyInAnyOrder("busy", "process_cores");
    assertThat(contributions.stream().mapToDouble(Contribution::share).sum())
        .isCloseTo(1, within(1e-9));
    Contribution busy =
        contributions.stream().filter(c -> c.feature().equals("busy")).findFirst().orElseThrow();
    assertThat(busy.actual()).isEqualTo(hog[SyntheticHost.BUSY]);
    assertThat(busy.expected()).isBetween(0.0, 0.6);
    assertThat(detector.assess(hog))
        .isInstanceOfSatisfying(
            Scored.class, scored -> assertThat(scored.score()).isBetween(0.99, 1.0));
  }

  @Test
  void scoresARowWithGapsByWhatIsThereAndSaysSo() {
    double[][] rows = rows(9, 300);
    KMeansDetector detector = fitted(rows).detector();
    double[] whole = rows[250];
    double[] gap = whole.clone();
    gap[1] = Double.NaN;
    gap[2] = Double.POSITIVE_INFINITY;

    double score = ((Scored) detector.assess(whole)).score();
    assertThat(detector.assess(gap))
        .isInstanceOfSatisfying(
            Scored.class,
            scored -> {
              assertThat(scored.missing()).isEqualTo(2);
              assertThat(scored.score()).isLessThanOrEqualTo(score);
            });
    gap[3] = Double.NaN;
    assertThat(detector.assess(gap)).isInstanceOf(Undetermined.class);
    assertThat(detector.contributions(gap)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> detector.assess(new double[3]));
  }

  @Test
  void leavesOutFeaturesThatTheHostDoesNotHave() {
    double[][] rows = rows(10, 200);
    for (double[] row : rows) {
      row[3] = Double.NaN;
    }
    FittedModel model = fitted(rows);

    assertThat(model.used()).containsExactly(0, 1, 2, 4, 5, 6, 7);
    assertThat(((Scored) model.detector().assess(rows[5])).missing()).isZero();
    assertThat(model.belongsTo(HOST)).isTrue();
  }

  @Test
  void learnsConstantRows() {
    double[][] rows = new double[60][HOST.features().size()];
    KMeansDetector detector = fitted(rows).detector();
    double[] moved = new double[HOST.features().size()];
    moved[SyntheticHost.BUSY] = 0.4;

    assertThat(detector.assess(new double[moved.length])).isEqualTo(new Scored(0, 0));
    assertThat(detector.contributions(new double[moved.length])).isEmpty();
    assertThat(((Scored) detector.assess(moved)).score()).isGreaterThan(0.99);
  }

  @Test
  void refusesTooFewCompleteRows() {
    double[][] rows = rows(11, 60);
    for (int i = 0; i < 60; i++) {
      rows[i][i % 6] = i < 25 ? rows[i][i % 6] : Double.NaN;
    }
    assertThat(request(rows).fit(NOW))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains("of 60 rows"));
    double[][] empty = new double[60][8];
    Arrays.stream(empty).forEach(row -> Arrays.fill(row, Double.NaN));
    assertThat(request(empty).fit(NOW)).isInstanceOf(Refused.class);
  }

  @Test
  void forgetsAStartUnlikeWhatFollowed() {
    double[][] rows = rows(12, 120);
    for (int i = 0; i < 40; i++) {
      rows[i][SyntheticHost.BUSY] += 0.8;
      rows[i][SyntheticHost.PROCESS_CORES] += 1.2;
    }
    assertThat(fitted(rows).provenance().firstRow()).isEqualTo(40);
    assertThat(fitted(rows).provenance().rows()).isEqualTo(80);
    assertThat(fitted(rows(12, 120)).provenance().firstRow()).isZero();
  }

  @Test
  void saysWhereItComesFrom() {
    ModelProvenance provenance = fitted(rows(13, 200)).provenance();

    assertThat(provenance.model()).isEqualTo("host");
    assertThat(provenance.features()).isEqualTo(HOST.series());
    assertThat(provenance.learnt()).isEqualTo(200);
    assertThat(provenance.rows()).isEqualTo(200);
    assertThat(provenance.effectiveRows()).isBetween(1.0, 100.0);
    assertThat(provenance.fittedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:00.123Z"));
    assertThat(provenance.tribuo()).startsWith("4.3");
  }

  @Test
  void allocatesTheAnswerAndNothingElse() {
    double[][] rows = rows(14, 300);
    KMeansDetector detector = fitted(rows).detector();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = 0;
    for (int i = 0; i < 50_000; i++) {
      sum += ((Scored) detector.assess(rows[i % 300])).score();
    }
    int calls = 100_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      sum += ((Scored) detector.assess(rows[i % 300])).score();
    }
    long nanos = System.nanoTime() - start;
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    Assessment last = detector.assess(rows[0]);

    System.out.printf(
        "assess: %d ns, %.1f bytes (%d centroids, %d features; sum %.0f, last %s)%n",
        nanos / calls, (double) bytes / calls, 8, 8, sum, last);
    assertThat(bytes).isLessThanOrEqualTo(calls * 32L);
  }

  @Test
  void tellsHowLongAFitTakes() {
    for (int count : new int[] {60, 240, 512}) {
      FitRequest request = request(rows(15, count));
      for (int i = 0; i < 10; i++) {
        request.fit(NOW);
      }
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        request.fit(NOW);
      }
      System.out.printf("fit of %d rows: %.1f ms%n", count, (System.nanoTime() - start) / 10e6);
      assertThat(request.fit(NOW)).isInstanceOf(Fitted.class);
    }
  }

  static double[][] rows(long seed, int count) {
    var host = new SyntheticHost(seed, 10, 0.4);
    return IntStream.range(0, count).mapToObj(_ -> host.next()).toArray(double[][]::new);
  }

  static FitRequest request(double[][] rows) {
    return new FitRequest(HOST, rows, LongStream.range(0, rows.length).toArray(), rows.length);
  }

  static FittedModel fitted(double[][] rows) {
    return ((Fitted) request(rows).fit(NOW)).model();
  }
}
