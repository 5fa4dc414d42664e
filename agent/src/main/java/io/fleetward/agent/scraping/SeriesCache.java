package io.fleetward.agent.scraping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The series of an exporter by the bytes with which its page writes them, so that a series that
/// was seen before costs no object. Forgets what has not been in a page for some time. Confined to
/// one thread.
final class SeriesCache {
  private static final int REMEMBERED_PAGES = 10;

  private byte[] @Nullable [] keys = new byte[256][];
  private int[] hashes = new int[256];
  private @Nullable ScrapedSeries[] series = new ScrapedSeries[256];
  private int size;

  /// The series of a text; null if it is new.
  @Nullable ScrapedSeries find(byte[] page, int start, int end) {
    int hash = hash(page, start, end);
    int mask = hashes.length - 1;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      byte[] key = keys[at];
      if (key == null) {
        return null;
      }
      if (hashes[at] == hash && Arrays.equals(key, 0, key.length, page, start, end)) {
        return series[at];
      }
    }
  }

  /// Adds a series that [#find] did not find.
  void add(byte[] page, int start, int end, ScrapedSeries added) {
    put(Arrays.copyOfRange(page, start, end), hash(page, start, end), added);
    size++;
    if (2 * size > hashes.length) {
      rebuild(2 * hashes.length, Long.MIN_VALUE);
    }
  }

  /// Forgets what is long gone, if that is worth it.
  ///
  /// @param page the number of the page that was read just now
  /// @param pageSize how many series it had
  void tidy(long page, int pageSize) {
    if (size > 2 * pageSize + 64 && page % REMEMBERED_PAGES == 0) {
      rebuild(256, page - REMEMBERED_PAGES);
    }
  }

  int size() {
    return size;
  }

  private void rebuild(int capacity, long since) {
    byte[] @Nullable [] oldKeys = keys;
    int[] oldHashes = hashes;
    @Nullable ScrapedSeries[] oldSeries = series;
    int kept = 0;
    for (ScrapedSeries one : oldSeries) {
      kept += one != null && one.lastPage >= since ? 1 : 0;
    }
    int room = capacity;
    while (room < 4 * kept) {
      room *= 2;
    }
    keys = new byte[room][];
    hashes = new int[room];
    series = new ScrapedSeries[room];
    size = kept;
    for (int i = 0; i < oldHashes.length; i++) {
      byte[] key = oldKeys[i];
      ScrapedSeries one = oldSeries[i];
      if (key != null && one != null && one.lastPage >= since) {
        put(key, oldHashes[i], one);
      }
    }
  }

  private void put(byte[] key, int hash, ScrapedSeries added) {
    int mask = hashes.length - 1;
    int at = hash & mask;
    while (keys[at] != null) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    hashes[at] = hash;
    series[at] = added;
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
