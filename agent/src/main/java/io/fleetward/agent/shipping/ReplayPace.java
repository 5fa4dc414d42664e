package io.fleetward.agent.shipping;

import java.time.Duration;

/// How fast a long backlog is sent: some times faster than it came into being, so that a fleet that
/// comes back from an outage asks the brokers for that many times their usual work and no more.
///
/// @param records in each chunk, 1 or more
/// @param every the time from chunk to chunk
record ReplayPace(int records, Duration every) {
  private static final int TIMES_FASTER = 20;
  private static final Duration CHUNK = Duration.ofSeconds(1);

  /// @param interval the time from scrape to scrape
  static ReplayPace of(Duration interval) {
    long perChunk = TIMES_FASTER * CHUNK.toNanos() / interval.toNanos();
    return perChunk > 0
        ? new ReplayPace((int) perChunk, CHUNK)
        : new ReplayPace(1, interval.dividedBy(TIMES_FASTER));
  }
}
