package io.fleetward.bench;

/// Something that can be measured and held against goals.
interface Benchmark {
  /// The word that names it on the command line.
  String name();

  /// What it measures, in one line.
  String description();

  /// Measures. Every goal that the benchmark knows is in the result, measured or not.
  Measurement run(Effort effort);
}
