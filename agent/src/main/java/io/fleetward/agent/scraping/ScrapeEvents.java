package io.fleetward.agent.scraping;

/// Hears of exporters. Called on their threads.
public interface ScrapeEvents {
  /// Its page was not to be had, or was not taken; told once until it is again.
  void exporterLost(String exporter, String reason);

  void exporterFound(String exporter);
}
