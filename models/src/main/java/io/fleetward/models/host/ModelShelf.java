package io.fleetward.models.host;

import java.util.Optional;

/// Where one model of one host keeps what it must find again after a take-over. What is written
/// while a row is observed survives together with that row. Confined to one thread.
public interface ModelShelf {
  void put(Part part, int number, byte[] bytes);

  void delete(Part part, int number);

  Optional<byte[]> get(Part part, int number);

  /// Calls back with the entries of a part, in the order of their numbers.
  void forEach(Part part, EntryReader reader);

  /// Takes an entry.
  interface EntryReader {
    void entry(int number, byte[] bytes);
  }

  /// What is kept apart.
  enum Part {
    /// What a [KMeansHost] counts; number 0.
    COUNTERS,
    /// Its training rows, by slot.
    ROW,
    /// Its fitted model; number 0.
    FITTED,
    /// All that an [EnsembleHost] had learnt at some row, in pieces.
    SNAPSHOT,
    /// Its rows since, by slot.
    JOURNAL,
    /// The version from which it began; number 0.
    ORIGIN,
    /// Its [HostDrift] at the snapshot; number 0.
    DRIFT
  }
}
