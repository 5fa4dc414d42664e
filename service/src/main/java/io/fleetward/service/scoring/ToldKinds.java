package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage.KindProbability;
import io.fleetward.service.scoring.HostStore.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The kinds of faults that were told of one host, by their ticks, in its store for as long as
/// rules look back: so that a new owner has the same series. On the stream thread.
final class ToldKinds {
  private static final byte FORMAT = 1;

  private final HostStore store;
  private final ArrayDeque<Long> ticks = new ArrayDeque<>();

  /// Of ticks before the take-over, while those are played again.
  private final Map<Long, List<KindProbability>> past = new HashMap<>();

  ToldKinds(HostStore store) {
    this.store = store;
    store.forEach(
        Kind.KINDS,
        0,
        Long.MAX_VALUE,
        (tick, bytes) -> {
          ticks.addLast(tick);
          past.put(tick, fromBytes(bytes));
        });
  }

  /// What was told at a tick of the past; empty if nothing.
  List<KindProbability> at(long tick) {
    List<KindProbability> told = past.remove(tick);
    return told == null ? List.of() : told;
  }

  /// Keeps what is told now.
  ///
  /// @param retentionMillis how far rules look back
  void keep(long tick, List<KindProbability> kinds, long retentionMillis) {
    past.clear();
    while (!ticks.isEmpty() && ticks.getFirst() < tick - retentionMillis) {
      store.delete(Kind.KINDS, ticks.removeFirst());
    }
    if (!kinds.isEmpty()) {
      store.put(Kind.KINDS, tick, toBytes(kinds));
      ticks.addLast(tick);
    }
  }

  private static byte[] toBytes(List<KindProbability> kinds) {
    List<byte[]> names =
        kinds.stream().map(each -> each.kind().getBytes(StandardCharsets.UTF_8)).toList();
    int length = names.stream().mapToInt(name -> 1 + name.length + Double.BYTES).sum();
    ByteBuffer bytes = ByteBuffer.allocate(1 + length).put(FORMAT);
    for (int i = 0; i < kinds.size(); i++) {
      bytes.put((byte) names.get(i).length).put(names.get(i));
      bytes.putDouble(kinds.get(i).probability());
    }
    return bytes.array();
  }

  /// Nothing if another version wrote the bytes.
  private static List<KindProbability> fromBytes(byte[] bytes) {
    List<KindProbability> kinds = new ArrayList<>();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (from.get() == FORMAT) {
      while (from.hasRemaining()) {
        byte[] name = new byte[from.get()];
        from.get(name);
        kinds.add(new KindProbability(new String(name, StandardCharsets.UTF_8), from.getDouble()));
      }
    }
    return kinds;
  }
}
