package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A record as it came, with the scores that were made of it.
///
/// @param tick the time of evaluation in ms
/// @param models the identities of the models in force then
/// @param scores one for each of them, NaN where undetermined
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
record StoredScrape(long tick, Version version, long[] models, double[] scores, byte[] body) {
  private static final byte FORMAT = 2;
  private static final int BYTES_OF_SCORE = Long.BYTES + Double.BYTES;
  private static final int BYTES_BEFORE = 1 + Long.BYTES + 1 + Integer.BYTES;

  /// A record that no models looked at.
  static StoredScrape unscored(long tick, Version version, byte[] body) {
    return new StoredScrape(tick, version, new long[0], new double[0], body);
  }

  byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES_BEFORE + BYTES_OF_SCORE * scores.length + body.length);
    buffer.put(FORMAT).putLong(tick).put((byte) (version == Version.V1 ? 1 : 2));
    buffer.putInt(scores.length);
    for (int i = 0; i < scores.length; i++) {
      buffer.putLong(models[i]).putDouble(scores[i]);
    }
    return buffer.put(body).array();
  }

  /// Reads what [#toBytes] wrote; empty if another format wrote it.
  static Optional<StoredScrape> fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.get() != FORMAT) {
      return Optional.empty();
    }
    long tick = buffer.getLong();
    Version version = buffer.get() == 1 ? Version.V1 : Version.V2;
    long[] models = new long[buffer.getInt()];
    double[] scores = new double[models.length];
    for (int i = 0; i < scores.length; i++) {
      models[i] = buffer.getLong();
      scores[i] = buffer.getDouble();
    }
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return Optional.of(new StoredScrape(tick, version, models, scores, body));
  }

  /// The score that a model gave, NaN if it gave none.
  double scoreOf(long model) {
    for (int i = 0; i < models.length; i++) {
      if (models[i] == model) {
        return scores[i];
      }
    }
    return Double.NaN;
  }
}
