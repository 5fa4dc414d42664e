package io.fleetward.agent.scraping;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.settings.ExporterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the exporters of this host tell: it becomes part of the host's own scrape. An exporter that
/// is slow or gone holds up nobody; its series end and its `up` is 0.
public final class ExportersCollector implements Collector, AutoCloseable {
  private final SeriesTable table;
  private final List<Exporter> exporters;
  private final List<ExporterSlots> slots;

  private ExportersCollector(SeriesTable table, List<Exporter> exporters) {
    this.table = table;
    this.exporters = List.copyOf(exporters);
    this.slots = exporters.stream().map(one -> ExporterSlots.of(table, one.labels())).toList();
  }

  /// @param instance the host's identity
  /// @param scrapeInterval the host's own
  /// @param budget what exporters may take of the record
  /// @throws IOException if a certificate authority's file cannot be used
  public static ExportersCollector of(
      List<ExporterSettings> settings,
      String instance,
      Duration scrapeInterval,
      SeriesTable table,
      SeriesBudget budget,
      ScrapeEvents events)
      throws IOException {
    List<Exporter> exporters = new ArrayList<>();
    for (ExporterSettings one : settings) {
      exporters.add(new Exporter(one, instance, scrapeInterval, budget, events));
    }
    return new ExportersCollector(table, exporters);
  }

  /// Begins to fetch pages.
  public void start() {
    exporters.forEach(Exporter::start);
  }

  @Override
  public String name() {
    return "exporters";
  }

  @Override
  public void collect() {
    for (int i = 0; i < slots.size(); i++) {
      exporters.get(i).set(table, slots.get(i));
    }
  }

  @Override
  public void close() {
    exporters.forEach(Exporter::close);
  }
}
