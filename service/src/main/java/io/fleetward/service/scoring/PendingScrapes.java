package io.fleetward.service.scoring;

import static java.util.Objects.requireNonNull;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.service.scoring.HostStore.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Scrapes of one host that may come in parts, until they are due. On the stream thread.
///
/// Senders split a scrape over several requests, which come in any order and perhaps twice. All
/// samples of one time are one scrape, due a grace after the first of them was appended; what is
/// older than a scrape that is due is due with it. So the same samples make the same scrapes,
/// however they were sent within the grace. Parts lie in the store until then.
final class PendingScrapes {
  private static final byte FORMAT = 1;
  private static final int BYTES_BEFORE = 1 + Long.BYTES + 1;

  private final HostStore store;
  private final long graceMillis;
  private final TreeMap<Long, Pending> byTime = new TreeMap<>();

  /// The newest time in each part that lies in the store, by the part's number.
  private final TreeMap<Long, Long> parts = new TreeMap<>();

  /// @param dueAt in the broker's ms
  private record Pending(long dueAt, Map<Labels, Double> values) {}

  /// A scrape that is due.
  ///
  /// @param at when it was, in the broker's ms
  record Due(Scrape scrape, long at) {}

  PendingScrapes(HostStore store, long graceMillis) {
    this.store = store;
    this.graceMillis = graceMillis;
  }

  boolean isEmpty() {
    return byTime.isEmpty();
  }

  /// Takes a part.
  ///
  /// @param lastTick the newest time that was evaluated
  /// @return what comes too late for its time, by time
  List<Scrape> add(
      WriteRequest request, byte[] body, Version version, long appendedAt, long lastTick) {
    TreeMap<Long, Map<Labels, Double>> late = new TreeMap<>();
    long newest = add(request, appendedAt, lastTick, late);
    if (newest > lastTick) {
      long number = parts.isEmpty() ? 0 : parts.lastKey() + 1;
      parts.put(number, newest);
      ByteBuffer entry = ByteBuffer.allocate(BYTES_BEFORE + body.length);
      entry.put(FORMAT).putLong(appendedAt).put((byte) (version == Version.V1 ? 1 : 2)).put(body);
      store.put(Kind.PART, number, entry.array());
    }
    List<Scrape> scrapes = new ArrayList<>();
    late.forEach((time, values) -> scrapes.add(scrape(time, values)));
    return scrapes;
  }

  private long add(
      WriteRequest request, long appendedAt, long lastTick, Map<Long, Map<Labels, Double>> late) {
    long newest = Long.MIN_VALUE;
    for (TimeSeries series : request.series()) {
      for (int i = 0; i < series.size(); i++) {
        long time = series.timeMillis(i);
        Map<Labels, Double> values =
            time <= lastTick
                ? late.computeIfAbsent(time, _ -> new TreeMap<>())
                : byTime
                    .computeIfAbsent(
                        time, _ -> new Pending(appendedAt + graceMillis, new TreeMap<>()))
                    .values();
        values.putIfAbsent(series.labels(), series.value(i));
        newest = Math.max(newest, time);
      }
    }
    return newest;
  }

  private static Scrape scrape(long time, Map<Labels, Double> values) {
    return new Scrape(
        new SeriesLayout(List.copyOf(values.keySet())),
        time,
        values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// Takes the oldest scrape, if it or a newer one is due.
  ///
  /// @param now in the broker's ms
  Optional<Due> takeDue(long now) {
    for (Pending pending : byTime.values()) {
      if (pending.dueAt() <= now) {
        Map.Entry<Long, Pending> oldest = requireNonNull(byTime.pollFirstEntry());
        long at = Math.min(oldest.getValue().dueAt(), pending.dueAt());
        return Optional.of(new Due(scrape(oldest.getKey(), oldest.getValue().values()), at));
      }
    }
    return Optional.empty();
  }

  /// Frees parts whose scrapes were all taken.
  ///
  /// @param lastTick the newest time that was evaluated
  void forgetUntil(long lastTick) {
    parts
        .entrySet()
        .removeIf(part -> {
          boolean isDone = part.getValue() <= lastTick;
          if (isDone) {
            store.delete(Kind.PART, part.getKey());
          }
          return isDone;
        });
  }

  /// Takes back the parts that a former owner had.
  void restore(RemoteWriteDecoder decoder, long lastTick) {
    store.forEach(
        Kind.PART,
        0,
        Long.MAX_VALUE,
        (number, bytes) -> {
          ByteBuffer entry = ByteBuffer.wrap(bytes);
          if (entry.get() != FORMAT) {
            parts.put(number, Long.MIN_VALUE);
            return;
          }
          long appendedAt = entry.getLong();
          Version version = entry.get() == 1 ? Version.V1 : Version.V2;
          byte[] body = new byte[entry.remaining()];
          entry.get(body);
          if (decoder.decode(body, version) instanceof Decoded.Accepted(var request)) {
            parts.put(number, add(request, appendedAt, lastTick, new TreeMap<>()));
          }
        });
  }
}
