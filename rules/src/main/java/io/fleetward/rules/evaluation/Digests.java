package io.fleetward.rules.evaluation;

import io.fleetward.rules.evaluation.RangeFunction.Range;
import io.fleetward.rules.histogram.CompensatedSum;
import io.fleetward.rules.series.Digest;
import io.fleetward.rules.series.Summary;

/// What functions over long ranges gather, run by run. Each is confined to one thread and used
/// again.
final class Digests {
  private Digests() {}

  /// A function that gathers runs.
  abstract static class OfRuns implements Digest {
    int count;
    long firstTime;
    long lastTime;
    double first;
    double last;

    final void restart() {
      count = 0;
    }

    @Override
    public final void add(long timeMillis, double value) {
      if (count == 0) {
        firstTime = timeMillis;
        first = value;
        begin();
      }
      take(timeMillis, value);
      count++;
      lastTime = timeMillis;
      last = value;
    }

    @Override
    public final void add(Summary run) {
      if (count == 0) {
        firstTime = run.firstTime();
        first = run.first();
        begin();
      }
      take(run);
      count += run.count();
      lastTime = run.lastTime();
      last = run.last();
    }

    /// Called before the first sample is taken, with `first` and `firstTime` set.
    void begin() {}

    /// Takes a sample; `last` is still the one before.
    abstract void take(long timeMillis, double value);

    /// Takes a run; `last` is still the sample before it.
    abstract void take(Summary run);

    /// The function's result, of at least one sample.
    abstract double result(Range range);
  }

  /// `rate`, `increase` and `delta`.
  static final class Change extends OfRuns {
    private final boolean isCounter;
    private final boolean perSecond;
    private double lost;

    Change(boolean isCounter, boolean perSecond) {
      this.isCounter = isCounter;
      this.perSecond = perSecond;
    }

    @Override
    void begin() {
      lost = 0;
    }

    @Override
    void take(long timeMillis, double value) {
      lost += count > 0 && value < last ? last : 0;
    }

    @Override
    void take(Summary run) {
      lost += (count > 0 && run.first() < last ? last : 0) + run.lost();
    }

    @Override
    double result(Range range) {
      double change = last - first + (isCounter ? lost : 0);
      double whole =
          Rates.extrapolated(change, first, firstTime, lastTime, count, range, isCounter);
      return perSecond ? whole / range.seconds() : whole;
    }
  }

  /// `changes` and `resets`.
  static final class Steps extends OfRuns {
    private final boolean onlyFalls;
    private int steps;

    Steps(boolean onlyFalls) {
      this.onlyFalls = onlyFalls;
    }

    @Override
    void begin() {
      steps = 0;
    }

    @Override
    void take(long timeMillis, double value) {
      if (count > 0) {
        boolean bothNaN = Double.isNaN(value) && Double.isNaN(last);
        steps += onlyFalls ? value < last ? 1 : 0 : value != last && !bothNaN ? 1 : 0;
      }
    }

    @Override
    void take(Summary run) {
      take(run.firstTime(), run.first());
      steps += onlyFalls ? run.resets() : run.changes();
    }

    @Override
    double result(Range range) {
      return steps;
    }
  }

  /// `min_over_time` and `max_over_time`.
  static final class Extreme extends OfRuns {
    private final boolean wantsGreatest;
    private double extreme;

    Extreme(boolean wantsGreatest) {
      this.wantsGreatest = wantsGreatest;
    }

    @Override
    void begin() {
      extreme = first;
    }

    @Override
    void take(long timeMillis, double value) {
      boolean isBetter = wantsGreatest ? value > extreme : value < extreme;
      extreme = isBetter || Double.isNaN(extreme) ? value : extreme;
    }

    @Override
    void take(Summary run) {
      take(run.firstTime(), wantsGreatest ? run.max() : run.min());
    }

    @Override
    double result(Range range) {
      return extreme;
    }
  }

  /// `sum_over_time`, `avg_over_time` and `count_over_time`.
  static final class Total extends OfRuns {
    private final boolean wantsMean;
    private final CompensatedSum sum = new CompensatedSum();

    Total(boolean wantsMean) {
      this.wantsMean = wantsMean;
    }

    @Override
    void begin() {
      sum.restart(0);
    }

    @Override
    void take(long timeMillis, double value) {
      sum.add(value);
    }

    @Override
    void take(Summary run) {
      sum.add(run.sumY());
      sum.add(run.first() * run.count());
    }

    @Override
    double result(Range range) {
      double total = Double.isInfinite(sum.rough()) ? sum.rough() : sum.total();
      return wantsMean ? total / count : total;
    }
  }

  static final class Count extends OfRuns {
    @Override
    void take(long timeMillis, double value) {}

    @Override
    void take(Summary run) {}

    @Override
    double result(Range range) {
      return count;
    }
  }

  /// `deriv` and `predict_linear`: least squares around the first sample.
  static final class Line extends OfRuns {
    private final boolean wantsPrediction;
    private boolean isConstant;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumXy;

    Line(boolean wantsPrediction) {
      this.wantsPrediction = wantsPrediction;
    }

    @Override
    void begin() {
      isConstant = true;
      sumX = 0;
      sumY = 0;
      sumXx = 0;
      sumXy = 0;
    }

    @Override
    void take(long timeMillis, double value) {
      double x = (timeMillis - firstTime) / 1000.0;
      double y = value - first;
      isConstant &= value == first;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }

    @Override
    void take(Summary run) {
      double shiftX = (run.firstTime() - firstTime) / 1000.0;
      double shiftY = run.first() - first;
      int n = run.count();
      isConstant &= run.min() == first && run.max() == first;
      sumX += run.sumX() + n * shiftX;
      sumY += run.sumY() + n * shiftY;
      sumXx += run.sumXx() + 2 * shiftX * run.sumX() + n * shiftX * shiftX;
      sumXy += run.sumXy() + shiftX * run.sumY() + shiftY * run.sumX() + n * shiftX * shiftY;
    }

    @Override
    double result(Range range) {
      if (isConstant) {
        boolean isInfinite = Double.isInfinite(first);
        return isInfinite ? Double.NaN : wantsPrediction ? first : 0;
      }
      double slope = (sumXy - sumX * sumY / count) / (sumXx - sumX * sumX / count);
      double atOrigin = first + (sumY - slope * sumX) / count;
      double ahead = (range.tickMillis() - firstTime) / 1000.0 + range.firstArgument();
      return wantsPrediction ? atOrigin + slope * ahead : slope;
    }
  }
}
