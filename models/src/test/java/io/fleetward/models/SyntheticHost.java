package io.fleetward.models;

import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import io.fleetward.models.specification.TrainingSpecification;
import java.util.List;
import java.util.Random;

/// A made-up healthy host whose features are means over the last 30 rows, as rates over 30 s are at
/// one scrape a second: strongly correlated in time, bursty, some nearly constant.
public final class SyntheticHost {
  public static final int BUSY = 0;
  public static final int PROCESS_CORES = 5;

  public static final KMeans SPECIFICATION =
      new KMeans(
          "host",
          "fleetward_anomaly_score",
          List.of(
              up("busy", 0.05),
              up("iowait", 0.05),
              up("memory_used", 0.05),
              up("memory_pressure", 0.05),
              new FeatureSpecification("network_bytes", 1e6, Direction.BOTH),
              up("process_cores", 0.2),
              up("process_growth", 1e8),
              up("forks", 20)),
          8,
          TrainingSpecification.DEFAULT,
          0.98);

  private final Random random;
  private final int window;
  private final double loudness;
  private final double[][] recent;
  private int row;
  private double memory;
  private double level;

  /// @param window rows that a feature is a mean over; 1 for independent rows
  /// @param loudness how strongly load varies: 0.2 for a quiet host, 1 for a busy one
  public SyntheticHost(long seed, int window, double loudness) {
    this.random = new Random(seed);
    this.window = window;
    this.loudness = loudness;
    this.recent = new double[window][SPECIFICATION.features().size()];
    for (int i = 0; i < 20 * window; i++) {
      next();
    }
  }

  private static FeatureSpecification up(String series, double floor) {
    return new FeatureSpecification(series, floor, Direction.UP);
  }

  public double[] next() {
    recent[row++ % window] = instant();
    double[] mean = new double[recent[0].length];
    for (double[] instant : recent) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += instant[i] / window;
      }
    }
    return mean;
  }

  private double[] instant() {
    double jobs = random.nextInt(12) == 0 ? 1 + 2 * random.nextDouble() : 0;
    level = 0.95 * level + 0.05 * random.nextGaussian();
    double load = Math.max(0, 0.15 + loudness * (0.3 * level + 0.1 * random.nextGaussian()));
    memory = 0.999 * memory + 0.002 * loudness * random.nextGaussian();
    double busy = Math.min(1, load + loudness * 0.15 * jobs);
    return new double[] {
      busy,
      random.nextInt(20) == 0 ? 0.2 * loudness * random.nextDouble() : 0,
      0.4 + memory,
      0,
      2e6 * load * (1 + loudness * random.nextGaussian()),
      0.1 + loudness * 0.4 * jobs,
      loudness * 2e7 * (random.nextGaussian() + jobs),
      5 + 10 * loudness * jobs * random.nextDouble()
    };
  }
}
