package io.fleetward.rules.series;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// All series of one host, or of one test. Confined to one thread.
public final class SeriesStore {
  private final Retention retention;
  private final Map<Labels, Integer> slotOf = new HashMap<>();
  private final List<@Nullable Series> slots = new ArrayList<>();
  private final BitSet free = new BitSet();

  /// Selections that ask for one metric name, by that name; the others under the empty name.
  private final Map<String, List<Selection>> selections = new HashMap<>();

  private final Map<List<LabelMatcher>, Selection> selectionOf = new HashMap<>();
  private long version;

  public SeriesStore(Retention retention) {
    this.retention = retention;
  }

  /// The slot of a series, which is made if it is new. A slot stays valid while [#version] stays
  /// the same.
  public int slot(Labels labels) {
    Integer known = slotOf.get(labels);
    if (known != null) {
      return known;
    }
    Series series = new Series(labels, retention.millis(labels), retention.lifeMillis());
    int slot = free.nextSetBit(0);
    if (slot < 0) {
      slot = slots.size();
      slots.add(series);
    } else {
      free.clear(slot);
      slots.set(slot, series);
    }
    slotOf.put(labels, slot);
    for (Selection selection : concerning(labels)) {
      if (selection.selects(labels)) {
        selection.came(series);
      }
    }
    return slot;
  }

  /// The slot of a series, empty if there is no such series.
  public OptionalInt find(Labels labels) {
    Integer known = slotOf.get(labels);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /// Changes whenever a series was forgotten.
  public long version() {
    return version;
  }

  public int size() {
    return slotOf.size();
  }

  /// @throws IllegalArgumentException if no series has this slot
  public Series series(int slot) {
    Series series = slot < slots.size() ? slots.get(slot) : null;
    if (series == null) {
      throw new IllegalArgumentException("no series has slot " + slot);
    }
    return series;
  }

  /// Appends a sample to a series.
  public Appended append(int slot, long timeMillis, double value) {
    return series(slot).append(timeMillis, value);
  }

  /// The series that satisfy all matchers, kept up to date from now on.
  public Selection select(List<LabelMatcher> matchers) {
    return selectionOf.computeIfAbsent(List.copyOf(matchers), this::newSelection);
  }

  private Selection newSelection(List<LabelMatcher> matchers) {
    Selection selection = new Selection(matchers);
    for (Series series : slots) {
      if (series != null && selection.selects(series.labels())) {
        selection.came(series);
      }
    }
    selections
        .computeIfAbsent(Retention.metricName(matchers), _ -> new ArrayList<>())
        .add(selection);
    return selection;
  }

  private List<Selection> concerning(Labels labels) {
    List<Selection> named = selections.getOrDefault(labels.metricName(), List.of());
    List<Selection> unnamed = selections.getOrDefault("", List.of());
    if (unnamed.isEmpty() || labels.metricName().isEmpty()) {
      return named;
    }
    List<Selection> both = new ArrayList<>(named);
    both.addAll(unnamed);
    return both;
  }

  /// Forgets series whose newest sample is older than the retention, and series without samples.
  public void forgetUnseen(long nowMillis) {
    for (int slot = 0; slot < slots.size(); slot++) {
      Series series = slots.get(slot);
      if (series != null && series.isForgotten(nowMillis)) {
        slots.set(slot, null);
        free.set(slot);
        slotOf.remove(series.labels());
        concerning(series.labels()).forEach(selection -> selection.went(series));
        version++;
      }
    }
  }
}
