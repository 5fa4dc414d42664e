package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Culprits;
import io.fleetward.models.stream.RowScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sums the contributions of each metric over the rows of each event that experts explained.
final class EventShares {
  private final List<Labels.Cause> causes;
  private final double[][] sums;
  private final int[] columns;
  private final double[] shares;

  EventShares(List<Labels.Cause> causes, int features) {
    this.causes = causes;
    sums = new double[causes.size()][features];
    columns = new int[features];
    shares = new double[features];
  }

  boolean wants(int row) {
    return causes.stream().anyMatch(cause -> has(cause, row));
  }

  private static boolean has(Labels.Cause cause, int row) {
    return cause.event().first() <= row && row <= cause.event().last();
  }

  /// Adds what made the score of the row scored last.
  void add(int row, RowScorer scorer) {
    Arrays.fill(shares, 0);
    int given = scorer.contributions(columns, shares);
    for (int i = 0; i < sums.length; i++) {
      if (has(causes.get(i), row)) {
        for (int k = 0; k < given; k++) {
          sums[i][columns[k]] += shares[k];
        }
      }
    }
  }

  List<Culprits.Event> events() {
    List<Culprits.Event> events = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      events.add(new Culprits.Event(sums[i], causes.get(i).metrics()));
    }
    return events;
  }
}
