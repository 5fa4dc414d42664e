package io.fleetward.agent.scraping;

/// Hears of exporters. Called on their threads.
public interface ScrapeEvents {
  /// One of its pages was read and taken.
  void pageTaken(String exporter);

  /// One of its pages was not to be had, or was not taken.
  ///
  /// @param reason one of a few words
  void pageRefused(String exporter, String reason);

  /// Its page was not taken, after one that was; told once until one is again.
  void exporterLost(String exporter, String reason);

  void exporterFound(String exporter);
}
