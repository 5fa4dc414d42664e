package io.fleetward.service.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// One host's part of the changelogged store, written in small increments: what a [HostScoring]
/// needs to be rebuilt exactly after a take-over. On the stream thread.
///
/// A key is the instance, a zero byte, a kind and a number, so that a host's entries of one kind
/// lie beside each other in the order of their numbers.
final class HostStore {
  /// The kinds of entries.
  enum Kind {
    /// Scrapes of the retention, by their number, as former versions kept them.
    SCRAPE('s'),
    /// Records since the newest snapshot, in a ring of entries.
    RECORD('q'),
    /// Parts of scrapes that are not due yet, by their number.
    PART('p'),
    /// The newest snapshot of samples, recorded series and alerts, in pieces.
    WINDOWS('w'),
    /// Training rows, by model and slot.
    ROW('r'),
    /// Each model's counters.
    COUNTERS('c'),
    /// Each model's fitted form.
    MODEL('m'),
    /// The state of each resource that is forecast, by its number.
    FORECAST('f'),
    /// What was seen and told of all of them, in a ring of entries.
    FORECAST_ENTRY('g'),
    /// What a streaming model had learnt at some row, by model and piece.
    SNAPSHOT('e'),
    /// Its rows since, by model and slot.
    JOURNAL('j'),
    /// The version from which a streaming model began.
    ORIGIN('o'),
    /// When the newest record came that carried no valid seal.
    UNSEALED('p'),
    /// How unusual the host has been for the streaming model, by days.
    DRIFT('d'),
    /// The kinds of faults that were told, by their ticks.
    KINDS('h'),
    /// The alerts and the anomalous episodes.
    CONDITION('a'),
    /// What hosts sent to a component, by its number.
    FORWARDED('u'),
    /// What a component's ticks yielded, by their number.
    ROUND('t'),
    /// How far a component's partitions and ticks have come.
    CLOCK('k');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }
  }

  private final KeyValueStore<Bytes, byte[]> store;
  private final byte[] prefix;

  HostStore(KeyValueStore<Bytes, byte[]> store, String instance) {
    this.store = store;
    byte[] name = instance.getBytes(StandardCharsets.UTF_8);
    this.prefix = ByteBuffer.allocate(name.length + 1).put(name).put((byte) 0).array();
  }

  void put(Kind kind, long number, byte[] value) {
    store.put(key(kind, number), value);
  }

  void delete(Kind kind, long number) {
    store.delete(key(kind, number));
  }

  Optional<byte[]> get(Kind kind, long number) {
    return Optional.ofNullable(store.get(key(kind, number)));
  }

  /// Calls back with the entries of a kind whose numbers lie within bounds, both inclusive, in
  /// order.
  void forEach(Kind kind, long first, long last, EntryReader reader) {
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(kind, first), key(kind, last))) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        reader.entry(numberOf(entry.key), entry.value);
      }
    }
  }

  /// Takes an entry.
  interface EntryReader {
    void entry(long number, byte[] value);
  }

  /// Deletes all entries.
  void deleteAll() {
    List<Bytes> keys = new ArrayList<>();
    byte[] end = prefix.clone();
    end[end.length - 1] = 1;
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(Bytes.wrap(prefix), Bytes.wrap(end))) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
  }

  /// Calls back with the name of each owner of entries, perhaps more than once.
  static void forEachOwner(KeyValueStore<Bytes, byte[]> store, Consumer<String> reader) {
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        byte[] key = entries.next().key.get();
        int length = key.length - Long.BYTES - 2;
        reader.accept(new String(key, 0, length, StandardCharsets.UTF_8));
      }
    }
  }

  private Bytes key(Kind kind, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + 9).put(prefix).put(kind.code).putLong(number).array());
  }

  private static long numberOf(Bytes key) {
    byte[] bytes = key.get();
    return ByteBuffer.wrap(bytes, bytes.length - Long.BYTES, Long.BYTES).getLong();
  }
}
