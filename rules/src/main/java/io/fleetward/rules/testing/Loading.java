package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.series.SeriesStore;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts written series into a store. Confined to the store's thread.
///
/// @param stepMillis between two values
record Loading(SeriesStore store, long stepMillis) {
  /// Carries out a `load` command.
  static void run(ScriptCommand.Load load, SeriesStore store) {
    Loading loading = new Loading(store, load.stepMillis());
    // of two lines for one series, the later counts
    Map<Labels, SeriesLine> lines = new LinkedHashMap<>();
    load.series().forEach(line -> lines.put(line.labels(), line));
    for (SeriesLine line : lines.values()) {
      loading.add(line);
      StartOffsets starts = load.starts().get(line.labels());
      if (starts != null) {
        loading.addStarts(line, starts);
      }
    }
    if (load.convertsHistograms()) {
      ClassicConversion.of(lines.values()).forEach(loading::add);
    }
  }

  private void add(SeriesLine line) {
    int slot = store.slot(line.labels());
    for (int i = 0; i < line.values().size(); i++) {
      append(slot, i * stepMillis, line.values().get(i));
    }
  }

  private void append(int slot, long timeMillis, SeriesLine.Value value) {
    switch (value) {
      case SeriesLine.Value.Point(double number) -> store.append(slot, timeMillis, number);
      case SeriesLine.Value.Histogram(var histogram, _) ->
          store.append(slot, timeMillis, histogram);
      case SeriesLine.Value.Gap() -> {}
    }
  }

  private void addStarts(SeriesLine line, StartOffsets starts) {
    int slot = store.slot(line.labels());
    for (int i = 0; i < line.values().size(); i++) {
      long time = i * stepMillis;
      starts.at(i).ifPresent(offset -> store.startedAt(slot, time, time + offset));
    }
  }
}
