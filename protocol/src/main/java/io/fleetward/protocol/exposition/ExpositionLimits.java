package io.fleetward.protocol.exposition;

/// How much a page may hold.
///
/// @param samples how many samples
/// @param labels how many labels one series may have, its name not counted
/// @param nameBytes how long a name may be, in bytes
/// @param valueBytes how long a label's value may be, in bytes as written
public record ExpositionLimits(int samples, int labels, int nameBytes, int valueBytes) {
  public ExpositionLimits {
    if (Math.min(Math.min(samples, labels), Math.min(nameBytes, valueBytes)) < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }

  /// Usual limits for the rest.
  public static ExpositionLimits ofSamples(int samples) {
    return new ExpositionLimits(samples, 60, 1_024, 4_096);
  }
}
