package io.fleetward.service.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.common.utils.Bytes;

/// One host's part of the changelogged store, written in small increments: what a [HostScoring]
/// needs to be rebuilt exactly after a take-over. On the stream thread.
///
/// Keys are `instance, 0, kind, number`; kinds are the records of the last minutes, the training
/// rows of each model, each model's fitted form, and the alerts.
final class HostStore {
  private static final byte RECORD = 'r';
  private static final byte ROW = 't';
  private static final byte MODEL = 'm';
  private static final byte ALERTS = 'a';

  private final KeyValueStore<Bytes, byte[]> store;
  private final byte[] prefix;

  HostStore(KeyValueStore<Bytes, byte[]> store, String instance) {
    this.store = store;
    byte[] name = instance.getBytes(StandardCharsets.UTF_8);
    this.prefix = ByteBuffer.allocate(name.length + 1).put(name).put((byte) 0).array();
  }

  /// A scrape as it came, with what was made of it.
  ///
  /// @param number counts the host's records from 0
  /// @param appendedAt the broker's time in ms
  /// @param scores one for each model, NaN where undetermined
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
  record StoredScrape(long number, long appendedAt, double[] scores, byte[] body) {
    byte[] toBytes() {
      ByteBuffer buffer = ByteBuffer.allocate(8 + 4 + 8 * scores.length + body.length);
      buffer.putLong(appendedAt).putInt(scores.length);
      for (double score : scores) {
        buffer.putDouble(score);
      }
      return buffer.put(body).array();
    }

    static StoredScrape fromBytes(long number, byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long appendedAt = buffer.getLong();
      double[] scores = new double[buffer.getInt()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = buffer.getDouble();
      }
      byte[] body = new byte[buffer.remaining()];
      buffer.get(body);
      return new StoredScrape(number, appendedAt, scores, body);
    }
  }

  void putScrape(StoredScrape scrape) {
    store.put(key(RECORD, scrape.number()), scrape.toBytes());
  }

  void deleteScrape(long number) {
    store.delete(key(RECORD, number));
  }

  /// The scrapes kept, oldest first.
  List<StoredScrape> scrapes() {
    List<StoredScrape> result = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(key(RECORD, 0), key(RECORD, Long.MAX_VALUE))) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        result.add(StoredScrape.fromBytes(numberOf(entry.key), entry.value));
      }
    }
    return result;
  }

  void putRow(int model, int slot, double[] row) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * row.length);
    for (double value : row) {
      buffer.putDouble(value);
    }
    store.put(key(ROW, rowNumber(model, slot)), buffer.array());
  }

  /// Calls back with each training row of a model, by slot.
  void rows(int model, RowReader reader) {
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(
            key(ROW, rowNumber(model, 0)), key(ROW, rowNumber(model, Integer.MAX_VALUE)))) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        ByteBuffer buffer = ByteBuffer.wrap(entry.value);
        double[] row = new double[entry.value.length / 8];
        for (int i = 0; i < row.length; i++) {
          row[i] = buffer.getDouble();
        }
        reader.row((int) numberOf(entry.key), row);
      }
    }
  }

  /// Takes a training row.
  interface RowReader {
    void row(int slot, double[] row);
  }

  private static long rowNumber(int model, int slot) {
    return ((long) model << 32) | slot;
  }

  void putModel(int model, byte[] fitted) {
    store.put(key(MODEL, model), fitted);
  }

  Optional<byte[]> model(int model) {
    return Optional.ofNullable(store.get(key(MODEL, model)));
  }

  void putAlerts(byte[] alerts) {
    store.put(key(ALERTS, 0), alerts);
  }

  Optional<byte[]> alerts() {
    return Optional.ofNullable(store.get(key(ALERTS, 0)));
  }

  private Bytes key(byte kind, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + 9).put(prefix).put(kind).putLong(number).array());
  }

  private static long numberOf(Bytes key) {
    byte[] bytes = key.get();
    return ByteBuffer.wrap(bytes, bytes.length - 8, 8).getLong();
  }
}
