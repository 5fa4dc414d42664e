package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the slot of a series by its labels, in one array of slots. Confined to its store's thread.
final class SlotTable {
  static final int NONE = -1;

  private int[] table = empty(16);
  private int size;

  private static int[] empty(int length) {
    int[] table = new int[length];
    Arrays.fill(table, NONE);
    return table;
  }

  int size() {
    return size;
  }

  /// The slot of a series, [#NONE] if there is none.
  int find(Labels labels, List<@Nullable Series> slots, String host) {
    for (int at = start(labels.hashCode()); table[at] != NONE; at = next(at)) {
      Series series = slots.get(table[at]);
      if (series != null && series.isOf(labels, host)) {
        return table[at];
      }
    }
    return NONE;
  }

  void add(int slot, int hash, List<@Nullable Series> slots) {
    if (size + size / 3 >= table.length) {
      table = empty(2 * table.length);
      addAll(slots, slot);
    }
    put(slot, hash);
    size++;
  }

  /// Starts anew with the series that are there.
  void rebuild(List<@Nullable Series> slots) {
    Arrays.fill(table, NONE);
    size = addAll(slots, NONE);
  }

  private int addAll(List<@Nullable Series> slots, int except) {
    int added = 0;
    for (int slot = 0; slot < slots.size(); slot++) {
      Series series = slots.get(slot);
      if (series != null && slot != except) {
        put(slot, series.labelsHash());
        added++;
      }
    }
    return added;
  }

  private void put(int slot, int hash) {
    int at = start(hash);
    while (table[at] != NONE) {
      at = next(at);
    }
    table[at] = slot;
  }

  private int start(int hash) {
    return (hash * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(table.length) + 1);
  }

  private int next(int at) {
    return (at + 1) & (table.length - 1);
  }
}
