package io.fleetward.models.host;

import java.nio.ByteBuffer;

/// Whether one host is no longer as its model knows it: of the rows of six hours, at least half
/// scored 0.9 or more (a tenth should). So long a streaming model needs to take what lasts for
/// usual; an incident of less than three hours is no drift. Confined to one thread.
///
/// Spans follow each other from the first row on; what the last whole one said holds until the next
/// has ended.
final class HostDrift {
  static final long SPAN = 6 * 3_600;

  /// A span with fewer rows says nothing.
  static final int LEAST_ROWS = 60;

  private static final double HIGH = 0.9;
  private static final byte VERSION = 1;
  private static final int BYTES = 2 + 3 * Long.BYTES;
  private static final long NEVER = Long.MIN_VALUE;

  private long since = NEVER;
  private long rows;
  private long high;
  private boolean drifted;

  /// Takes in a row's score.
  ///
  /// @param time seconds since 1970; not before the row before
  /// @param score NaN if undetermined, which says nothing
  void observed(long time, double score) {
    if (since == NEVER) {
      since = time;
    } else if (time - since >= SPAN) {
      drifted = rows >= LEAST_ROWS && 2 * high >= rows;
      since = time;
      rows = 0;
      high = 0;
    }
    if (!Double.isNaN(score)) {
      rows++;
      high += score >= HIGH ? 1 : 0;
    }
  }

  boolean isDrifted() {
    return drifted;
  }

  /// Knows nothing any more.
  void clear() {
    since = NEVER;
    rows = 0;
    high = 0;
    drifted = false;
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(VERSION)
        .put((byte) (drifted ? 1 : 0))
        .putLong(since)
        .putLong(rows)
        .putLong(high)
        .array();
  }

  /// Puts back what [#toBytes] gave; what is not that is as nothing.
  void restore(byte[] bytes) {
    clear();
    if (bytes.length == BYTES && bytes[0] == VERSION) {
      ByteBuffer from = ByteBuffer.wrap(bytes, 1, BYTES - 1);
      drifted = from.get() == 1;
      since = from.getLong();
      rows = from.getLong();
      high = from.getLong();
    }
  }
}
