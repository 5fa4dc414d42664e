package io.fleetward.agent.collector;

import java.io.IOException;

/// Reads one part of the host's state into slots. Called on the collecting thread only.
public interface Collector {
  /// The value of the label `collector`.
  String name();

  /// Sets its series for the present scrape. What it does not set has ended.
  ///
  /// @throws IOException if something could not be read; series set before that stay set
  void collect() throws IOException;
}
