package io.fleetward.models.stream;

/// The root mean square deviation of a row from exponentially forgotten means, in forgotten
/// standard deviations, drawn into 0 to 1. Confined to one thread.
final class ForgettingScores implements RowScorer {
  private static final int MEMORY = 2_000;
  private static final int WARM_UP = 50;
  private static final double ALARM_TAIL = 4;

  private final double[] mean;
  private final double[] variance;
  private final double[] deviation;
  private final int[] seen;
  private final Times times;
  private double scoreMean;
  private double scoreVariance;
  private double threshold = Double.NaN;
  private long lastTime = Long.MIN_VALUE;
  private int rows;
  private boolean scored;
  private boolean alarm;

  ForgettingScores(int features, Times times) {
    this.times = times;
    mean = new double[features];
    variance = new double[features];
    deviation = new double[features];
    seen = new int[features];
  }

  @Override
  public void learn(long time, double[] row) {
    if (scored) {
      throw new IllegalStateException("a row was scored before; training rows come first");
    }
    step(time, row);
  }

  @Override
  public double score(long time, double[] row) {
    scored = true;
    return step(time, row);
  }

  private double step(long time, double[] row) {
    if (row.length != mean.length) {
      throw new IllegalArgumentException(
          "a row of %d features for a scorer of %d".formatted(row.length, mean.length));
    }
    if (time < lastTime) {
      throw new IllegalArgumentException("time %d (%s) after %d".formatted(time, times, lastTime));
    }
    lastTime = time;
    double score = deviate(row);
    boolean ready = ++rows > WARM_UP && !Double.isNaN(score);
    threshold = ready ? scoreMean + ALARM_TAIL * Math.sqrt(scoreVariance) + 1 : Double.NaN;
    alarm = ready && score >= threshold;
    if (!Double.isNaN(score)) {
      double weight = 1.0 / Math.min(rows, MEMORY);
      double capped = ready ? Math.min(score, threshold) : Math.min(score, ALARM_TAIL);
      double difference = capped - scoreMean;
      scoreMean += weight * difference;
      scoreVariance = (1 - weight) * (scoreVariance + weight * difference * difference);
    }
    return ready ? score / (1 + score) : Double.NaN;
  }

  /// @return NaN if no feature has a value
  private double deviate(double[] row) {
    double sum = 0;
    int present = 0;
    for (int i = 0; i < row.length; i++) {
      deviation[i] = 0;
      if (Double.isNaN(row[i]) || Double.isInfinite(row[i])) {
        continue;
      }
      present++;
      double difference = seen[i] == 0 ? 0 : row[i] - mean[i];
      double scale = Math.sqrt(variance[i]) + 1e-3 * Math.abs(mean[i]) + 1e-9;
      deviation[i] = difference / scale;
      sum += deviation[i] * deviation[i];
      double weight = 1.0 / Math.min(++seen[i], MEMORY);
      double learnt = Math.max(-8 * scale, Math.min(8 * scale, difference));
      double step = seen[i] <= WARM_UP ? row[i] - mean[i] : learnt;
      mean[i] += weight * step;
      variance[i] = (1 - weight) * (variance[i] + weight * step * step);
    }
    return present == 0 ? Double.NaN : Math.sqrt(sum / present);
  }

  @Override
  public boolean alarm() {
    return alarm;
  }

  @Override
  public double threshold() {
    return threshold / (1 + threshold);
  }

  @Override
  public int contributions(int[] columns, double[] shares) {
    double sum = 0;
    for (double each : deviation) {
      sum += each * each;
    }
    int given = 0;
    while (sum > 0 && given < columns.length) {
      int next = next(columns, given);
      if (next < 0) {
        break;
      }
      columns[given] = next;
      shares[given] = deviation[next] * deviation[next] / sum;
      given++;
    }
    return given;
  }

  /// The strongest feature behind those given already, -1 if there is none.
  private int next(int[] columns, int given) {
    int best = -1;
    for (int i = 0; i < deviation.length; i++) {
      boolean taken = false;
      for (int k = 0; k < given; k++) {
        taken |= columns[k] == i;
      }
      if (!taken
          && deviation[i] != 0
          && (best < 0 || Math.abs(deviation[i]) > Math.abs(deviation[best]))) {
        best = i;
      }
    }
    return best;
  }
}
