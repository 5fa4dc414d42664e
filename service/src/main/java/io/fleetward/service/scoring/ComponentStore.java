package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.service.fleet.FleetRecord;
import io.fleetward.service.fleet.Watermark;
import io.fleetward.service.scoring.HostStore.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One component's part of the changelogged store, written in increments like a host's: records as
/// they came, what each tick yielded, how far partitions have come, alerts. On the stream thread.
final class ComponentStore {
  private static final long ONLY = 0;
  private static final byte FORMAT = 1;

  private final HostStore store;
  private final ArrayDeque<Kept> records = new ArrayDeque<>();
  private final ArrayDeque<Kept> rounds = new ArrayDeque<>();
  private long nextRecord;
  private long nextRound;
  private @Nullable ComponentCondition stored;

  private record Kept(long number, long at) {}

  /// A tick as it was evaluated.
  ///
  /// @param bodies what its rules yielded, as remote-write 2.0 requests
  record Round(long tick, List<byte[]> bodies) {
    Round {
      bodies = List.copyOf(bodies);
    }
  }

  /// How far partitions and ticks have come.
  record Clock(long lastTick, Map<Integer, Long> partitions) {}

  ComponentStore(HostStore store) {
    this.store = store;
  }

  /// @param at what its partition had come to
  /// @return the record's number
  long put(byte[] record, long at) {
    store.put(Kind.FORWARDED, nextRecord, record);
    records.addLast(new Kept(nextRecord, at));
    return nextRecord++;
  }

  void put(Round round) {
    int size =
        1 + Long.BYTES + round.bodies().stream().mapToInt(b -> Integer.BYTES + b.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size).put(FORMAT).putLong(round.tick());
    round.bodies().forEach(body -> buffer.putInt(body.length).put(body));
    store.put(Kind.ROUND, nextRound, buffer.array());
    rounds.addLast(new Kept(nextRound, round.tick()));
    nextRound++;
  }

  void put(long lastTick, Watermark watermark) {
    Map<Integer, Long> partitions = watermark.partitions();
    ByteBuffer buffer =
        ByteBuffer.allocate(1 + Long.BYTES + partitions.size() * (Integer.BYTES + Long.BYTES));
    buffer.put(FORMAT).putLong(lastTick);
    partitions.forEach((partition, at) -> buffer.putInt(partition).putLong(at));
    store.put(Kind.CLOCK, ONLY, buffer.array());
  }

  /// Stores the condition if something other than an alert's value changed.
  void put(ComponentCondition condition) {
    ComponentCondition steady =
        new ComponentCondition(
            condition.alerts().stream().map(HostCondition::steady).toList(), condition.silent());
    if (!steady.equals(stored)) {
      store.put(Kind.CONDITION, ONLY, MessageCodec.encode(condition));
      stored = steady;
    }
  }

  /// Deletes what came or was evaluated before a time.
  void deleteBefore(long timeMillis) {
    delete(Kind.FORWARDED, records, timeMillis);
    delete(Kind.ROUND, rounds, timeMillis);
  }

  private void delete(Kind kind, ArrayDeque<Kept> kept, long timeMillis) {
    while (!kept.isEmpty() && kept.getFirst().at() < timeMillis) {
      store.delete(kind, kept.removeFirst().number());
    }
  }

  /// Takes a record that was stored.
  interface RecordReader {
    /// @return what its partition had come to
    long record(long number, FleetRecord.Samples samples);
  }

  /// Reads what a former owner stored, in the order in which it came. To be called once.
  void records(RecordReader reader) {
    store.forEach(
        Kind.FORWARDED,
        0,
        Long.MAX_VALUE,
        (number, bytes) -> {
          nextRecord = number + 1;
          long at = records.isEmpty() ? Long.MIN_VALUE : records.getLast().at();
          if (FleetRecord.fromBytes(bytes).orElse(null) instanceof FleetRecord.Samples samples) {
            at = reader.record(number, samples);
          }
          records.addLast(new Kept(number, at));
        });
  }

  /// The ticks that a former owner evaluated, oldest first. To be called once.
  List<Round> rounds() {
    List<Round> found = new ArrayList<>();
    store.forEach(
        Kind.ROUND,
        0,
        Long.MAX_VALUE,
        (number, bytes) -> {
          nextRound = number + 1;
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          Round round = buffer.get() == FORMAT ? round(buffer) : new Round(0, List.of());
          rounds.addLast(new Kept(number, round.tick()));
          found.add(round);
        });
    return found;
  }

  private static Round round(ByteBuffer buffer) {
    long tick = buffer.getLong();
    List<byte[]> bodies = new ArrayList<>();
    while (buffer.hasRemaining()) {
      byte[] body = new byte[buffer.getInt()];
      buffer.get(body);
      bodies.add(body);
    }
    return new Round(tick, bodies);
  }

  Optional<Clock> clock() {
    return store
        .get(Kind.CLOCK, ONLY)
        .map(ByteBuffer::wrap)
        .filter(b -> b.get() == FORMAT)
        .map(buffer -> {
          long lastTick = buffer.getLong();
          Map<Integer, Long> partitions = new TreeMap<>();
          while (buffer.hasRemaining()) {
            partitions.put(buffer.getInt(), buffer.getLong());
          }
          return new Clock(lastTick, partitions);
        });
  }

  Optional<ComponentCondition> condition() {
    return store
        .get(Kind.CONDITION, ONLY)
        .flatMap(bytes ->
            MessageCodec.decode(bytes, ComponentCondition.class) instanceof Message(var condition)
                ? Optional.of(condition)
                : Optional.empty());
  }

  /// The alerts that a former owner left.
  List<AlertInstance> alerts() {
    return condition().map(ComponentCondition::alerts).orElse(List.of());
  }

  void deleteAll() {
    store.deleteAll();
  }
}
