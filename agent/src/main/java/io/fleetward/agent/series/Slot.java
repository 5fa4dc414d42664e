package io.fleetward.agent.series;

import io.fleetward.protocol.labels.Labels;

/// One series of a host, as its collector holds it. A series is alive while it is set in each
/// scrape; one that is not set any more ends by itself. Confined to the collecting thread.
public final class Slot {
  static final int NOWHERE = -1;

  private final SeriesTable table;
  private final Labels labels;
  private double value;
  private long round;
  int position = NOWHERE;

  Slot(SeriesTable table, Labels labels) {
    this.table = table;
    this.labels = labels;
  }

  /// Gives the series its value in the present scrape.
  public void set(double newValue) {
    value = newValue;
    long current = table.round();
    if (round != current) {
      round = current;
      if (position == NOWHERE) {
        table.arrive(this);
      }
    }
  }

  /// Gives the series a whole number; those past 2^53 lose their last digits, as in Prometheus.
  public void set(long newValue) {
    set((double) newValue);
  }

  /// Gives the series its value; NaN, which stands for what was not told, is passed over.
  public void setIfKnown(double newValue) {
    if (!Double.isNaN(newValue)) {
      set(newValue);
    }
  }

  /// The value last set; 0 before the first.
  public double value() {
    return value;
  }

  public Labels labels() {
    return labels;
  }

  boolean isSetIn(long current) {
    return round == current;
  }
}
