package io.fleetward.models.host;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A shelf in memory, of which a take-over keeps a copy.
final class MapShelf implements ModelShelf {
  private final Map<Part, Map<Integer, byte[]>> parts = new EnumMap<>(Part.class);
  private long bytesWritten;

  MapShelf copy() {
    MapShelf copy = new MapShelf();
    parts.forEach((part, entries) -> copy.parts.put(part, new TreeMap<>(entries)));
    return copy;
  }

  private Map<Integer, byte[]> entries(Part part) {
    return parts.computeIfAbsent(part, _ -> new TreeMap<>());
  }

  int count(Part part) {
    return entries(part).size();
  }

  long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public void put(Part part, int number, byte[] bytes) {
    entries(part).put(number, bytes);
    bytesWritten += bytes.length;
  }

  @Override
  public void delete(Part part, int number) {
    entries(part).remove(number);
  }

  @Override
  public Optional<byte[]> get(Part part, int number) {
    return Optional.ofNullable(entries(part).get(number));
  }

  @Override
  public void forEach(Part part, EntryReader reader) {
    entries(part).forEach(reader::entry);
  }
}
