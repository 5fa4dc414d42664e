package io.fleetward.models.host;

import java.nio.ByteBuffer;

/// What a host model counts; survives in 33 bytes. Confined to one thread.
final class HostCounters {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + 4 * Long.BYTES;

  /// Rows seen with at least half of their features.
  long observed;

  /// Rows offered for keeping.
  long learnt;

  /// How far [#learnt] was at the last fit, adopted or refused.
  long learntAtFit;

  /// Rows in sequence, up to the last, that were anomalous or undetermined.
  long unusualRun;

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(VERSION)
        .putLong(observed)
        .putLong(learnt)
        .putLong(learntAtFit)
        .putLong(unusualRun)
        .array();
  }

  /// Puts back what [#toBytes] gave; false, and nothing changes, if it is not that.
  boolean restore(byte[] bytes) {
    if (bytes.length != BYTES || bytes[0] != VERSION) {
      return false;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    long[] values = {from.getLong(), from.getLong(), from.getLong(), from.getLong()};
    boolean valid =
        values[1] >= 0
            && values[0] >= values[1]
            && values[2] >= 0
            && values[2] <= values[1]
            && values[3] >= 0
            && values[3] <= values[0];
    if (valid) {
      observed = values[0];
      learnt = values[1];
      learntAtFit = values[2];
      unusualRun = values[3];
    }
    return valid;
  }
}
