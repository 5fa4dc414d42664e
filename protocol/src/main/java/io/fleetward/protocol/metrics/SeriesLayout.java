package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;
import java.util.List;

/// The series of a scrape, in the order of its values.
///
/// A host's layout rarely changes, so one object serves many scrapes: encoders compare it by
/// identity before they compare it by content.
public record SeriesLayout(List<Labels> series) {
  public SeriesLayout {
    series = List.copyOf(series);
  }

  public int size() {
    return series.size();
  }
}
