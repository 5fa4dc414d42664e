package io.fleetward.agent.scraping;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import io.fleetward.protocol.labels.Labels;

/// What is told of an exporter besides what it tells itself, under Prometheus' names. Confined to
/// the collecting thread.
record ExporterSlots(Slot up, Slot seconds, Slot samples) {
  static ExporterSlots of(SeriesTable table, Labels labels) {
    return new ExporterSlots(
        slot(table, labels, "up"),
        slot(table, labels, "scrape_duration_seconds"),
        slot(table, labels, "scrape_samples_scraped"));
  }

  private static Slot slot(SeriesTable table, Labels labels, String name) {
    return table.slot(labels.with(Labels.METRIC_NAME, name));
  }
}
