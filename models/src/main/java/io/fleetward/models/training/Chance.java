package io.fleetward.models.training;

/// How likely counts are.
final class Chance {
  private Chance() {}

  /// That of `all` coins at most `heads` show heads.
  static double ofAtMost(long heads, long all) {
    double log = -all * Math.log(2);
    double sum = 0;
    for (long i = 0; i <= Math.min(heads, all); i++) {
      sum += Math.exp(log);
      log += Math.log((double) (all - i) / (i + 1));
    }
    return Math.min(1, sum);
  }

  /// That at least `count` come where `expected` come on average (Poisson).
  static double ofAtLeast(long count, double expected) {
    double log = -expected;
    double fewer = 0;
    for (long i = 0; i < count; i++) {
      fewer += Math.exp(log);
      log += Math.log(expected / (i + 1));
    }
    return Math.max(0, 1 - fewer);
  }
}
