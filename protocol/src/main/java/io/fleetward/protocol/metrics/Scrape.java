package io.fleetward.protocol.metrics;

/// All samples that one host took at one instant: one value for each series of the layout.
///
/// A hot-path value: the array is handed over, not copied, and belongs to the scrape afterwards.
public final class Scrape {
  private final SeriesLayout layout;
  private final long timeMillis;
  private final double[] values;

  /// @param timeMillis milliseconds since the epoch on the host's own clock
  /// @param values one for each series of the layout; [StaleMarker#VALUE] for one that has ended
  /// @throws IllegalArgumentException if there are not as many values as series
  public Scrape(SeriesLayout layout, long timeMillis, double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "%d values for %d series".formatted(values.length, layout.size()));
    }
    this.layout = layout;
    this.timeMillis = timeMillis;
    this.values = values;
  }

  public SeriesLayout layout() {
    return layout;
  }

  public long timeMillis() {
    return timeMillis;
  }

  public double value(int position) {
    return values[position];
  }

  public int size() {
    return values.length;
  }
}
