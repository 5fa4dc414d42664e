package io.fleetward.bench.scoring;

import java.util.ArrayList;
import java.util.List;

/// Neighbouring rows that all are marked, as long as they go: an event among labels, an episode
/// among alarms.
///
/// @param first the first row, from 0
/// @param last the last row, included
public record Run(int first, int last) {
  public Run {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("rows %d to %d are no run".formatted(first, last));
    }
  }

  public int rows() {
    return last - first + 1;
  }

  /// All runs of marked rows, in order.
  public static List<Run> of(boolean[] marks) {
    List<Run> runs = new ArrayList<>();
    int row = 0;
    while (row < marks.length) {
      if (!marks[row]) {
        row++;
        continue;
      }
      int first = row;
      while (row < marks.length && marks[row]) {
        row++;
      }
      runs.add(new Run(first, row - 1));
    }
    return runs;
  }

  /// The first marked row of this run, -1 if there is none.
  public int firstMarked(boolean[] marks) {
    for (int row = first; row <= last; row++) {
      if (marks[row]) {
        return row;
      }
    }
    return -1;
  }
}
