package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A record of one host as it is kept, with what the models said about it.
///
/// @param number of the record among the host's; -1 if a former version kept it
/// @param tick the time of evaluation in ms
/// @param form of the body
/// @param models the identities of the models in force then
/// @param verdicts one for each of them
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
record StoredScrape(
    long number,
    long tick,
    Version version,
    Form form,
    long[] models,
    List<Verdict> verdicts,
    byte[] body) {
  private static final byte FORMAT = 4;

  /// The oldest that is read, with scores alone. Format 3 has verdicts, but no number and form.
  private static final byte SCORES_FORMAT = 2;

  private static final int BYTES_OF_VERDICT = Long.BYTES + 2 * Double.BYTES + 1;
  private static final int BYTES_BEFORE = 1 + 2 * Long.BYTES + 2 + Integer.BYTES;

  /// What is kept of a body.
  enum Form {
    /// All of it.
    WHOLE,
    /// What changed from the one before, as [ScrapeChanges] writes it.
    CHANGES
  }

  StoredScrape {
    verdicts = List.copyOf(verdicts);
  }

  byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES_BEFORE + BYTES_OF_VERDICT * models.length + body.length);
    buffer.put(FORMAT).putLong(number).putLong(tick).put((byte) (version == Version.V1 ? 1 : 2));
    buffer.put((byte) (form == Form.CHANGES ? 1 : 0)).putInt(models.length);
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
    if (format < SCORES_FORMAT || format > FORMAT) {
      return Optional.empty();
    }
    long number = format == FORMAT ? buffer.getLong() : -1;
    long tick = buffer.getLong();
    Version version = buffer.get() == 1 ? Version.V1 : Version.V2;
    Form form = format == FORMAT && buffer.get() == 1 ? Form.CHANGES : Form.WHOLE;
    long[] models = new long[buffer.getInt()];
    List<Verdict> verdicts = new ArrayList<>(models.length);
    for (int i = 0; i < models.length; i++) {
      models[i] = buffer.getLong();
      double score = buffer.getDouble();
      verdicts.add(
          format == SCORES_FORMAT
              ? new Verdict(score, false, Double.NaN)
              : verdict(score, buffer.getDouble(), buffer.get()));
    }
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return Optional.of(new StoredScrape(number, tick, version, form, models, verdicts, body));
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
