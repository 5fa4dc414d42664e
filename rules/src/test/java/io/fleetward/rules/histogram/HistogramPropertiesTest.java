package io.fleetward.rules.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What must hold for any histogram.
class HistogramPropertiesTest {
  private static final int HISTOGRAMS = 2_000;
  private static final Offset<Double> ROUNDING = within(1e-9);

  private final long seed = Long.getLong("fleetward.seed", 11);
  private final SplittableRandom random = new SplittableRandom(seed);

  private double[] counts() {
    double[] counts = new double[random.nextInt(1, 6)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(0, 9);
    }
    return counts;
  }

  private static double total(Buckets buckets) {
    double total = 0;
    for (int i = 0; i < buckets.size(); i++) {
      total += buckets.count(i);
    }
    return total;
  }

  private NativeHistogram exponential(int schema, double zeroThreshold) {
    Buckets positive = Buckets.from(random.nextInt(0, 4), counts());
    Buckets negative = random.nextBoolean() ? Buckets.NONE : Buckets.from(1, counts());
    double zero = random.nextInt(1, 5);
    double count = total(positive) + total(negative) + zero;
    double sum = random.nextInt(-99, 99);
    NativeHistogram histogram =
        new NativeHistogram(
            schema,
            zeroThreshold,
            zero,
            count,
            sum,
            positive,
            negative,
            List.of(),
            ResetHint.UNKNOWN);
    return histogram.compacted();
  }

  private NativeHistogram any() {
    return exponential(random.nextInt(0, 4), 0x1p-3);
  }

  private void forAny(Consumer<NativeHistogram> property) {
    for (int i = 0; i < HISTOGRAMS; i++) {
      NativeHistogram histogram = any();
      try {
        property.accept(histogram);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed %d: %s".formatted(seed, histogram), e);
      }
    }
  }

  @Test
  void whatIsAddedCanBeTakenAway() {
    forAny(first -> {
      NativeHistogram second = exponential(first.schema(), first.zeroThreshold());
      HistogramSum sum = new HistogramSum(first);
      sum.add(second);
      assertThat(sum.total().count()).isEqualTo(first.count() + second.count());
      sum.subtract(second);
      assertThat(sum.total().countsSameAs(first)).isTrue();
    });
  }

  @Test
  void sumsInEitherOrderHaveTheCoarserBuckets() {
    forAny(first -> {
      NativeHistogram second = any();
      HistogramSum forth = new HistogramSum(first);
      forth.add(second);
      HistogramSum back = new HistogramSum(second);
      back.add(first);
      assertThat(forth.total().countsSameAs(back.total())).isTrue();
      assertThat(forth.total().schema()).isEqualTo(Math.min(first.schema(), second.schema()));
      double counted =
          total(forth.total().positive())
              + total(forth.total().negative())
              + forth.total().zeroCount();
      assertThat(counted).isEqualTo(first.count() + second.count());
    });
  }

  @Test
  void theMeanOfTheSameIsTheSame() {
    forAny(histogram -> {
      HistogramMean mean = new HistogramMean(histogram);
      mean.add(histogram);
      mean.add(histogram);
      assertThat(mean.value().countsSameAs(histogram)).isTrue();
    });
  }

  @Test
  void growingIsNoResetAndShrinkingIs() {
    forAny(first -> {
      HistogramSum sum = new HistogramSum(first);
      sum.add(exponential(first.schema(), first.zeroThreshold()));
      NativeHistogram grown = sum.total().with(ResetHint.UNKNOWN);
      assertThat(grown.isResetAfter(first)).isFalse();
      assertThat(first.isResetAfter(grown)).isTrue();
    });
  }

  @Test
  void quantilesRiseAndFractionsAreTheirInverse() {
    forAny(histogram -> {
      double before = Double.NEGATIVE_INFINITY;
      for (double share = 0.05; share < 1; share += 0.05) {
        double value = Quantiles.quantile(histogram, share).value();
        assertThat(value).isGreaterThanOrEqualTo(before);
        before = value;
        double below = Fractions.fraction(histogram, Double.NEGATIVE_INFINITY, value).value();
        assertThat(below).isCloseTo(share, ROUNDING);
      }
    });
  }

  @Test
  void whatIsCutOffOnOneSideIsLeftOnTheOther() {
    forAny(histogram -> {
      double cut = random.nextDouble(-20, 20);
      NativeHistogram below = Trimming.below(histogram, cut);
      NativeHistogram above = Trimming.above(histogram, cut);
      assertThat(below.count() + above.count()).isCloseTo(histogram.count(), ROUNDING);
      double share = Fractions.fraction(histogram, Double.NEGATIVE_INFINITY, cut).value();
      assertThat(below.count()).isCloseTo(share * histogram.count(), ROUNDING);
    });
  }

  @Test
  void handlesAreToldFromNumbers() {
    HistogramTable outer = new HistogramTable();
    double first = outer.add(NativeHistogram.EMPTY);
    HistogramTable inner = outer.inner();
    NativeHistogram one = any();
    double second = inner.add(one);
    assertThat(HistogramTable.isHandle(first)).isTrue();
    assertThat(inner.get(first)).isEqualTo(NativeHistogram.EMPTY);
    assertThat(inner.get(second)).isEqualTo(one);
    for (double number : new double[] {0, -0.0, 1, Double.NaN, -Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThat(HistogramTable.isHandle(number)).isFalse();
    }
  }

  /// `Math.pow` differs in its last bit between machines, and before and after it is compiled.
  @Test
  void boundsAreTheNearestDoubles() {
    assertThat(BucketBounds.of(0, 0)).isEqualTo(1);
    assertThat(BucketBounds.of(1, 1)).isEqualTo(Math.sqrt(2));
    assertThat(BucketBounds.of(-1, 1)).isEqualTo(Math.sqrt(0.5));
    assertThat(BucketBounds.of(1, 2)).isEqualTo(Math.sqrt(Math.sqrt(2)));
    assertThat(BucketBounds.of(-2, -3)).isEqualTo(0x1p-16);
    assertThat(BucketBounds.of(1024, 0)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.of(1025, 0)).isInfinite();
    for (int index = -300; index < 300; index++) {
      assertThat(BucketBounds.of(index, 8)).isCloseTo(StrictMath.pow(2, index / 256.0), ROUNDING);
    }
  }
}
