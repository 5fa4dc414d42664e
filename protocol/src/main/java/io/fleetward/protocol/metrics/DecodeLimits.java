package io.fleetward.protocol.metrics;

/// How much one remote-write request may hold; a request beyond any limit is rejected whole.
///
/// @param series how many series
/// @param samples how many samples in all series, native histograms included
/// @param symbols how many entries the symbol table of a 2.0 request may have
/// @param labelsPerSeries how many labels one series may have
/// @param nameBytes how long a label's name may be, in UTF-8
/// @param valueBytes how long a label's value may be, in UTF-8
public record DecodeLimits(
    int series, int samples, int symbols, int labelsPerSeries, int nameBytes, int valueBytes) {

  /// Well beyond what Prometheus (2,000 samples a request) and vmagent (10,000) send.
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(50_000, 100_000, 200_000, 64, 1_024, 4_096);

  public DecodeLimits {
    if (Math.min(Math.min(series, samples), symbols) < 1
        || Math.min(Math.min(labelsPerSeries, nameBytes), valueBytes) < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }
}
