package io.fleetward.agent.scraping;

import java.util.HashMap;
import java.util.Map;

/// How much of the host's one record exporters may take, all together: a record that is too large
/// would be refused, with the host's own metrics in it. Thread safe.
final class SeriesBudget {
  /// The rest of the 768 KB that are read of a record is the host's own.
  static final long MOST_BYTES = 512 << 10;

  private final long mostBytes;
  private final Map<String, Long> taken = new HashMap<>();

  SeriesBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Takes so much for an exporter, in place of what it had.
  ///
  /// @return false if the others leave too little; it then has nothing
  synchronized boolean take(String exporter, long bytes) {
    taken.remove(exporter);
    long others = taken.values().stream().mapToLong(Long::longValue).sum();
    boolean fits = others + bytes <= mostBytes;
    if (fits) {
      taken.put(exporter, bytes);
    }
    return fits;
  }
}
