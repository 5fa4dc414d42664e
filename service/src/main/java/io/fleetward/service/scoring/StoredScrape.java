package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A record as it came, with what the models said about it.
///
/// @param tick the time of evaluation in ms
/// @param models the identities of the models in force then
/// @param verdicts one for each of them
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
record StoredScrape(
    long tick, Version version, long[] models, List<Verdict> verdicts, byte[] body) {
  private static final byte FORMAT = 3;

  /// Scores alone.
  private static final byte FORMER_FORMAT = 2;

  private static final int BYTES_OF_VERDICT = Long.BYTES + 2 * Double.BYTES + 1;
  private static final int BYTES_BEFORE = 1 + Long.BYTES + 1 + Integer.BYTES;

  StoredScrape {
    verdicts = List.copyOf(verdicts);
  }

  /// A record that no models looked at.
  static StoredScrape unscored(long tick, Version version, byte[] body) {
    return new StoredScrape(tick, version, new long[0], List.of(), body);
  }

  byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES_BEFORE + BYTES_OF_VERDICT * models.length + body.length);
    buffer.put(FORMAT).putLong(tick).put((byte) (version == Version.V1 ? 1 : 2));
    buffer.putInt(models.length);
    for (int i = 0; i < models.length; i++) {
      Verdict verdict = verdicts.get(i);
      buffer.putLong(models[i]).putDouble(verdict.score());
      buffer.putDouble(verdict.threshold()).put((byte) (verdict.alarm() ? 1 : 0));
    }
    return buffer.put(body).array();
  }

  /// Reads what [#toBytes] wrote; empty if another format wrote it.
  static Optional<StoredScrape> fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte format = buffer.get();
    if (format != FORMAT && format != FORMER_FORMAT) {
      return Optional.empty();
    }
    long tick = buffer.getLong();
    Version version = buffer.get() == 1 ? Version.V1 : Version.V2;
    long[] models = new long[buffer.getInt()];
    List<Verdict> verdicts = new ArrayList<>(models.length);
    for (int i = 0; i < models.length; i++) {
      models[i] = buffer.getLong();
      double score = buffer.getDouble();
      verdicts.add(
          format == FORMER_FORMAT
              ? new Verdict(score, false, Double.NaN)
              : verdict(score, buffer.getDouble(), buffer.get()));
    }
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return Optional.of(new StoredScrape(tick, version, models, verdicts, body));
  }

  private static Verdict verdict(double score, double threshold, byte alarm) {
    return new Verdict(score, alarm == 1, threshold);
  }

  /// What a model said, undetermined if nothing.
  Verdict verdictOf(long model) {
    for (int i = 0; i < models.length; i++) {
      if (models[i] == model) {
        return verdicts.get(i);
      }
    }
    return Verdict.UNDETERMINED;
  }
}
