package io.fleetward.agent.scraping;

import java.util.HashMap;
import java.util.Map;

/// How much of the host's one record exporters and text files may take, all together: a record that
/// is too large would be refused, with the host's own metrics in it. Thread safe.
public final class SeriesBudget {
  /// The rest of the 768 KB that are read of a record is the host's own.
  static final long MOST_BYTES = 512 << 10;

  private final long mostBytes;
  private final Map<String, Long> taken = new HashMap<>();

  public SeriesBudget() {
    this(MOST_BYTES);
  }

  SeriesBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Takes so much for somebody, in place of what it had.
  ///
  /// @return false if the others leave too little; it then has nothing
  synchronized boolean take(String name, long bytes) {
    taken.remove(name);
    long others = taken.values().stream().mapToLong(Long::longValue).sum();
    boolean fits = others + bytes <= mostBytes;
    if (fits) {
      taken.put(name, bytes);
    }
    return fits;
  }

  /// Gives back what somebody had.
  synchronized void release(String name) {
    taken.remove(name);
  }
}
