package io.fleetward.protocol.metrics;

import java.util.List;

/// What one remote-write request says. A series may come more than once.
///
/// @param series only series with float samples
/// @param histogramsSkipped how many native histogram samples the request held; they are not read
/// @param exemplarsSkipped how many exemplars the request held; they are not read
public record WriteRequest(List<TimeSeries> series, int histogramsSkipped, int exemplarsSkipped) {
  public WriteRequest {
    series = List.copyOf(series);
  }

  /// How many samples there are in all series.
  public int samples() {
    int samples = 0;
    for (TimeSeries one : series) {
      samples += one.size();
    }
    return samples;
  }
}
