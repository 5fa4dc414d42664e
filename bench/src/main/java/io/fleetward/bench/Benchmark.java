package io.fleetward.bench;

import java.nio.file.Path;

/// Something that can be measured and held against goals.
interface Benchmark {
  /// The word that names it on the command line.
  String name();

  /// What it measures, in one line.
  String description();

  /// This benchmark with its data in a folder; the same where it needs none.
  default Benchmark withData(Path folder) {
    return this;
  }

  /// Measures. Every goal that the benchmark knows is in the result, measured or not.
  Measurement run(Effort effort);
}
