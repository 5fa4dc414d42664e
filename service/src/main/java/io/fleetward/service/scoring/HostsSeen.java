package io.fleetward.service.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// When each host of a partition was last heard of, to some minutes, in the store of the hosts
/// under keys that begin with a zero byte, as no host's do. On the stream thread.
final class HostsSeen {
  private static final byte[] PREFIX = {0, 'n'};
  private static final byte[] END = {0, 'o'};

  /// How much newer a time has to be to be written again.
  private static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<String, Long> written = new HashMap<>();

  HostsSeen(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /// @param timeMillis the broker's time
  void seen(String instance, long timeMillis) {
    long before = written.getOrDefault(instance, Long.MIN_VALUE / 2);
    if (timeMillis - before >= STEP_MILLIS) {
      written.put(instance, timeMillis);
      store.put(key(instance), ByteBuffer.allocate(Long.BYTES).putLong(timeMillis).array());
    }
  }

  /// The hosts that were not heard of since a time.
  List<String> unseenSince(long timeMillis) {
    List<String> unseen = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(Bytes.wrap(PREFIX), Bytes.wrap(END))) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] key = entry.key.get();
        if (ByteBuffer.wrap(entry.value).getLong() + STEP_MILLIS < timeMillis) {
          int length = key.length - PREFIX.length;
          unseen.add(new String(key, PREFIX.length, length, StandardCharsets.UTF_8));
        }
      }
    }
    return unseen;
  }

  void forget(String instance) {
    written.remove(instance);
    store.delete(key(instance));
  }

  private static Bytes key(String instance) {
    byte[] name = instance.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(PREFIX.length + name.length).put(PREFIX).put(name).array());
  }
}
