package io.fleetward.models.stream;

import java.io.IOException;

/// How much a row may teach: all if it lies within a few times the usual distance, less the farther
/// out it lies.
final class Caution {
  private static final double MEMORY = 5000;
  private static final int TRUSTING_ROWS = 200;

  private final double multiple;
  private double usual;
  private long rows;

  Caution(double multiple) {
    this.multiple = multiple;
  }

  /// The weight of a row at this distance, 0 to 1; the row counts towards what is usual.
  double weigh(double distance) {
    rows++;
    double most = rows <= TRUSTING_ROWS ? Double.POSITIVE_INFINITY : multiple * usual;
    double weight = distance <= most ? 1 : most / distance;
    usual += (Math.min(distance, most) - usual) / Math.min((double) rows, MEMORY);
    return weight;
  }

  void state(StateTape tape) throws IOException {
    usual = tape.number(usual);
    rows = tape.whole(rows);
  }
}
