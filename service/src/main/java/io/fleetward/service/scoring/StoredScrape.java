package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.nio.ByteBuffer;

/// A record as it came, with the scores that were made of it.
///
/// @param tick the time of evaluation in ms
/// @param scores one for each model in force then, NaN where undetermined
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
record StoredScrape(long tick, Version version, double[] scores, byte[] body) {
  private static final byte FORMAT = 1;

  byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(1 + 8 + 1 + 4 + Double.BYTES * scores.length + body.length);
    buffer.put(FORMAT).putLong(tick).put((byte) (version == Version.V1 ? 1 : 2));
    buffer.putInt(scores.length);
    for (double score : scores) {
      buffer.putDouble(score);
    }
    return buffer.put(body).array();
  }

  /// Reads what [#toBytes] wrote.
  ///
  /// @throws IllegalArgumentException if another format wrote it
  static StoredScrape fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("stored scrape of unknown format " + format);
    }
    long tick = buffer.getLong();
    Version version = buffer.get() == 1 ? Version.V1 : Version.V2;
    double[] scores = new double[buffer.getInt()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = buffer.getDouble();
    }
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return new StoredScrape(tick, version, scores, body);
  }
}
