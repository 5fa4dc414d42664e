package io.fleetward.models.peers;

import java.util.Arrays;

/// One host's features at the instant of the comparison. Immutable.
public final class PeerRow {
  private final String instance;
  private final double[] values;

  /// @param values in the specification's order, NaN for one that the host does not have
  public PeerRow(String instance, double... values) {
    this.instance = instance;
    this.values = values.clone();
  }

  public String instance() {
    return instance;
  }

  int width() {
    return values.length;
  }

  double value(int feature) {
    return values[feature];
  }

  @Override
  public String toString() {
    return instance + Arrays.toString(values);
  }
}
