package io.fleetward.agent;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.collector.HostCollectors;
import io.fleetward.agent.scraping.ExportersCollector;
import io.fleetward.agent.scraping.SeriesBudget;
import io.fleetward.agent.scraping.TextfileCollector;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where the host's samples come from: the host itself, and what the settings name. Scrapes are
/// taken on the collecting thread; [#use] may be called on another, one at a time.
final class Sources implements AutoCloseable {
  private final SeriesTable table;
  private final List<Collector> host;
  private final AgentEvents events;
  private AgentSettings settings;
  private ExportersCollector exporters;
  private TextfileCollector textfiles;
  private volatile HostCollectors collectors;

  /// @throws IOException if a file that the settings name cannot be used
  Sources(AgentSettings settings, String bootId, AgentEvents events) throws IOException {
    this.table = new SeriesTable(settings.actions().instance());
    this.host = Collectors.ofHost(settings.paths(), table, bootId);
    this.events = events;
    this.settings = settings;
    SeriesBudget budget = new SeriesBudget();
    this.exporters = exporters(settings, budget);
    this.textfiles = textfiles(settings, budget);
    this.collectors = collectors();
  }

  /// Begins to read exporters.
  void start() {
    exporters.start();
  }

  Scrape scrape(long timeMillis) {
    return collectors.scrape(timeMillis);
  }

  /// Reads what other settings name, from the next scrape on; what they name as before goes on as
  /// if nothing had happened.
  ///
  /// @throws IOException if a file that they name cannot be used; nothing has changed then
  void use(AgentSettings changed) throws IOException {
    ExportersCollector before = exporters;
    if (!changed.exporters().equals(settings.exporters())
        || !changed.textfiles().equals(settings.textfiles())) {
      SeriesBudget budget = new SeriesBudget();
      exporters = exporters(changed, budget);
      textfiles = textfiles(changed, budget);
    }
    settings = changed;
    collectors = collectors();
    if (exporters != before) {
      exporters.start();
      before.close();
    }
  }

  private ExportersCollector exporters(AgentSettings of, SeriesBudget budget) throws IOException {
    return ExportersCollector.of(
        of.exporters(), of.actions().instance(), of.scrapeInterval(), table, budget, events);
  }

  private TextfileCollector textfiles(AgentSettings of, SeriesBudget budget) {
    return new TextfileCollector(of.textfiles(), of.actions().instance(), table, budget);
  }

  private HostCollectors collectors() {
    List<Collector> all = new ArrayList<>(host);
    all.add(Collectors.certificates(settings.certificates(), table));
    all.add(textfiles);
    all.add(exporters);
    return new HostCollectors(all, table, events);
  }

  @Override
  public void close() {
    exporters.close();
  }
}
