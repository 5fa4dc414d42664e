package io.fleetward.agent.scraping;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.labels.Labels;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One series of an exporter. Its labels are made by the thread that reads the page and never
/// change; the slot belongs to the collecting thread.
final class ScrapedSeries {
  /// Of a sample besides its labels, and of a label besides its value.
  private static final int SAMPLE_BYTES = 32;

  private static final int LABEL_BYTES = 8;

  private final Labels labels;
  private final int recordBytes;
  private @Nullable Slot slot;

  /// In which of the reading thread's pages it was last.
  long lastPage;

  ScrapedSeries(Labels labels) {
    this.labels = labels;
    this.recordBytes = recordBytes(labels);
  }

  Labels labels() {
    return labels;
  }

  /// About how much of a record it takes at most; names of labels come once and are not counted.
  int recordBytes() {
    return recordBytes;
  }

  private static int recordBytes(Labels labels) {
    int bytes = SAMPLE_BYTES;
    for (int i = 0; i < labels.size(); i++) {
      bytes += LABEL_BYTES + labels.valueAt(i).getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  /// On the collecting thread.
  void set(SeriesTable table, double value) {
    Slot current = slot == null ? table.slot(labels) : slot;
    slot = current;
    current.set(value);
  }
}
