package io.fleetward.models.forecast;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/// Made-up developments of the room left of a resource: 100 at first, one value each 15 s.
final class RoomSeries {
  private static final int DAY = 5_760;

  /// Makes one development from a seed.
  @FunctionalInterface
  interface Family {
    double[] make(Random random, int length);
  }

  private RoomSeries() {}

  static Map<String, Family> families() {
    Map<String, Family> families = new LinkedHashMap<>();
    families.put(
        "linear",
        (random, length) -> {
          double end = lifetime(random, length);
          return filled(length, i -> 100 - 100 * i / end + 0.2 * random.nextGaussian());
        });
    families.put(
        "noisy",
        (random, length) -> {
          double end = lifetime(random, length);
          double[] noise = correlated(random, length, 0.9, 1.5);
          return filled(length, i -> 100 - 100 * i / end + noise[i]);
        });
    families.put("stepped", RoomSeries::stepped);
    families.put(
        "log rotation",
        (random, length) -> {
          int period = 200 + random.nextInt(2_800);
          double tooth = between(random, 10, 60);
          return filled(
              length, i -> 80 - tooth * (i % period) / period + 0.2 * random.nextGaussian());
        });
    families.put(
        "leak below a log rotation",
        (random, length) -> {
          double end = lifetime(random, length);
          int period = 200 + random.nextInt(2_800);
          double tooth = between(random, 5, 30);
          return filled(
              length,
              i ->
                  100
                      - 100 * i / end
                      - tooth * (i % period) / period
                      + 0.2 * random.nextGaussian());
        });
    families.put(
        "season",
        (random, length) -> {
          double end = lifetime(random, length);
          double phase = between(random, 0, 2 * Math.PI);
          double[] noise = correlated(random, length, 0.9, 0.3);
          return filled(
              length,
              i -> 100 - 90 * i / end - 8 * Math.sin(2 * Math.PI * i / DAY + phase) + noise[i]);
        });
    families.put(
        "random walk",
        (random, length) -> {
          double end = lifetime(random, length);
          double[] noise = correlated(random, length, 1, 0.15);
          return filled(length, i -> 100 - 100 * i / end + noise[i]);
        });
    families.put(
        "accelerating",
        (random, length) -> {
          double end = lifetime(random, length);
          return filled(
              length, i -> 100 - 100 * (i / end) * (i / end) + 0.2 * random.nextGaussian());
        });
    families.put("bursts", RoomSeries::bursts);
    families.put(
        "flat",
        (random, length) -> {
          double[] noise = correlated(random, length, 0.95, 0.5);
          return filled(length, i -> 40 + noise[i]);
        });
    families.put(
        "daily season alone",
        (random, length) -> {
          double[] noise = correlated(random, length, 0.9, 0.4);
          return filled(length, i -> 30 - 12 * Math.sin(2 * Math.PI * i / DAY) + noise[i]);
        });
    return families;
  }

  private static double[] stepped(Random random, int length) {
    double end = lifetime(random, length);
    int steps = 15 + random.nextInt(45);
    double[] room = new double[length];
    double left = 100;
    for (int i = 0; i < length; i++) {
      left -= random.nextDouble() < steps / end ? 100.0 / steps * between(random, 0.3, 1.7) : 0;
      room[i] = left + 0.05 * random.nextGaussian();
    }
    return room;
  }

  private static double[] bursts(Random random, int length) {
    double end = lifetime(random, length);
    double[] room = new double[length];
    double left = 100;
    boolean isFilling = false;
    for (int i = 0; i < length; i++) {
      isFilling = i % 300 == 0 ? random.nextBoolean() : isFilling;
      left -= isFilling ? 200 / end : 0;
      room[i] = left + 0.1 * random.nextGaussian();
    }
    return room;
  }

  private static double lifetime(Random random, int length) {
    return between(random, 0.3, 1.2) * length;
  }

  private static double between(Random random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  private static double[] correlated(Random random, int length, double memory, double scale) {
    double[] values = new double[length];
    double value = 0;
    for (int i = 0; i < length; i++) {
      value = memory * value + scale * random.nextGaussian();
      values[i] = value;
    }
    return values;
  }

  private static double[] filled(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }
}
