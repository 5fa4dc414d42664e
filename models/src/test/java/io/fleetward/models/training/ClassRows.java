package io.fleetward.models.training;

import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/// Rows of made-up hosts of one class, one a minute: alike in how features move, unlike in level.
final class ClassRows {
  static final long START = 1_763_856_000; // 2025-11-23T00:00:00Z
  static final List<String> FEATURES = List.of("busy", "memory", "network");
  static final long MINUTE = 60;

  private ClassRows() {}

  /// @param fault changes the row of a minute
  static HostRows host(
      String instance, int minutes, long seed, BiConsumer<Integer, double[]> fault) {
    RetainedRows rows = new RetainedRows(FEATURES.size(), 1, minutes);
    add(rows, instance, minutes, seed, fault);
    return rows.snapshot().getFirst();
  }

  static HostRows host(String instance, int minutes, long seed) {
    return host(instance, minutes, seed, (_, _) -> {});
  }

  static void add(
      RetainedRows rows,
      String instance,
      int minutes,
      long seed,
      BiConsumer<Integer, double[]> fault) {
    Random random = new Random(seed);
    double level = random.nextDouble();
    double wandering = 0;
    for (int minute = 0; minute < minutes; minute++) {
      wandering = 0.9 * wandering + 0.1 * random.nextGaussian();
      double day = Math.sin(2 * Math.PI * minute / 1_440.0);
      double[] row = {
        0.3 + 0.1 * day + 0.05 * wandering + 0.02 * random.nextGaussian(),
        0.3 + 0.4 * level + 0.01 * random.nextGaussian(),
        100 + 30 * day + 10 * wandering + 5 * random.nextGaussian()
      };
      fault.accept(minute, row);
      rows.add(instance, START + minute * MINUTE, row, 0.5, false);
    }
  }
}
