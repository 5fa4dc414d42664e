package io.fleetward.agent.scraping;

import java.time.Duration;

/// When an exporter's page is fetched: at its interval, and so shortly before the host's own scrape
/// that what is told is fresh, and that no page is told twice or left out because two clocks beat
/// against each other. Times are monotonic, in ns. [#taken] is called by the collecting thread, the
/// rest by the exporter's.
final class FetchRhythm {
  private static final long MARGIN = Duration.ofMillis(50).toNanos();

  private final long scrapeNanos;
  private final long intervalNanos;
  private volatile long takenNanos;
  private volatile boolean isTaken;

  /// @param scrapeInterval the host's own
  /// @param interval at least as long
  FetchRhythm(Duration scrapeInterval, Duration interval) {
    this.scrapeNanos = scrapeInterval.toNanos();
    this.intervalNanos = interval.toNanos();
  }

  /// The host's scrape takes what was read last.
  void taken(long now) {
    takenNanos = now;
    isTaken = true;
  }

  /// When to fetch again.
  ///
  /// @param started when the last fetch began
  /// @param now when it ended
  long next(long started, long now) {
    long next = started + intervalNanos;
    if (isTaken) {
      long lead = Math.min(2 * (now - started) + MARGIN, scrapeNanos / 2);
      long first = takenNanos - lead;
      next = first + Math.floorDiv(next - first + scrapeNanos / 2, scrapeNanos) * scrapeNanos;
    }
    long late = now - next;
    return late < 0 ? next : next + scrapeNanos * (late / scrapeNanos + 1);
  }
}
