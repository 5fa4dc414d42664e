package io.fleetward.service.scoring;

import java.util.OptionalLong;

/// The broker's time in one partition: that of its newest record, or, where nothing comes, that and
/// what the clock on the wall says has passed since. Confined to one thread.
final class PartitionClock {
  /// A partition without records for so long is silent.
  private static final long SILENCE_MILLIS = 5_000;

  private long newest;
  private long readAt;

  /// @param appendedAt the broker's time of a record in ms
  /// @param now the wall's in ms
  void heard(long appendedAt, long now) {
    newest = Math.max(newest, appendedAt);
    readAt = now;
  }

  /// The broker's time by the clock on the wall; empty unless the partition is silent.
  OptionalLong afterSilence(long now) {
    return readAt > 0 && now - readAt >= SILENCE_MILLIS
        ? OptionalLong.of(newest + now - readAt)
        : OptionalLong.empty();
  }
}
