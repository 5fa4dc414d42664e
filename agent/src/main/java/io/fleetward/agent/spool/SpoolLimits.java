package io.fleetward.agent.spool;

import java.time.Duration;

/// How much a spool may hold and how soon it has to be on the disk.
///
/// @param mostBytes of all its files together
/// @param segmentBytes of one file; what is dropped at once when there is no more room
/// @param syncEvery how long the disk's own cache may be ahead of the disk, which is what a power
///   cut may take; a killed process loses nothing
public record SpoolLimits(long mostBytes, int segmentBytes, Duration syncEvery) {
  private static final int SEGMENTS = 64;
  private static final int LARGEST_SEGMENT = 4 << 20;
  private static final int SMALLEST_SEGMENT = 64 << 10;

  public SpoolLimits {
    if (mostBytes < 1 || segmentBytes < 1 || syncEvery.isNegative()) {
      throw new IllegalArgumentException("a limit that nothing fits into");
    }
  }

  /// Limits with segments of a suitable size.
  public static SpoolLimits of(long mostBytes, Duration syncEvery) {
    int segmentBytes =
        (int) Math.clamp(mostBytes / SEGMENTS, (long) SMALLEST_SEGMENT, (long) LARGEST_SEGMENT);
    return new SpoolLimits(mostBytes, segmentBytes, syncEvery);
  }
}
