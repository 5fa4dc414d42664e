package io.fleetward.service.scoring;

import io.fleetward.models.host.ModelShelf;
import io.fleetward.service.scoring.HostStore.Kind;
import java.util.Optional;

/// One model's part of a host's store. On the stream thread.
///
/// @param identity tells models apart; below 2^31
record StoredModel(HostStore store, long identity) implements ModelShelf {
  @Override
  public void put(Part part, int number, byte[] bytes) {
    store.put(kind(part), entry(part, number), bytes);
  }

  @Override
  public void delete(Part part, int number) {
    store.delete(kind(part), entry(part, number));
  }

  @Override
  public Optional<byte[]> get(Part part, int number) {
    return store.get(kind(part), entry(part, number));
  }

  @Override
  public void forEach(Part part, EntryReader reader) {
    store.forEach(
        kind(part),
        entry(part, 0),
        entry(part, Integer.MAX_VALUE),
        (entry, bytes) -> reader.entry((int) entry, bytes));
  }

  private static Kind kind(Part part) {
    return switch (part) {
      case COUNTERS -> Kind.COUNTERS;
      case ROW -> Kind.ROW;
      case FITTED -> Kind.MODEL;
      case SNAPSHOT -> Kind.SNAPSHOT;
      case JOURNAL -> Kind.JOURNAL;
      case ORIGIN -> Kind.ORIGIN;
      case DRIFT -> Kind.DRIFT;
    };
  }

  private long entry(Part part, int number) {
    return switch (part) {
      case COUNTERS, FITTED, ORIGIN, DRIFT -> identity;
      case ROW, SNAPSHOT, JOURNAL -> (identity << Integer.SIZE) | number;
    };
  }
}
