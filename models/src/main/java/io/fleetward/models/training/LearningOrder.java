package io.fleetward.models.training;

import io.fleetward.models.stream.Ensemble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Brings the rows of several hosts into one order in which a detector of one host can learn them.
///
/// Hosts take turns of a day, so that what is recent is recent of all hosts. Each turn moves by
/// whole days, so that time never goes backwards and every row keeps its hour; the last ends when
/// it did.
final class LearningOrder {
  static final int ROWS_AT_A_TIME = 64;

  private static final long DAY = 86_400;

  private final List<LearningRows> hosts;
  private final double[] row;
  private final Pace pace;
  private long taught;

  LearningOrder(List<LearningRows> hosts, int features, Pace pace) {
    this.hosts = hosts;
    this.row = new double[features];
    this.pace = pace;
  }

  /// The rows of one host in one day, from `first` to before `end`.
  private record Turn(long day, LearningRows host, int first, int end) {}

  void teach(Ensemble ensemble) {
    List<Turn> turns = turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      long day = turns.getLast().day() - (turns.size() - 1 - i);
      teach(ensemble, turn, (day - turn.day()) * DAY);
    }
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    for (LearningRows host : hosts) {
      int first = 0;
      while (first < host.cut()) {
        long day = Math.floorDiv(host.rows().seconds(first), DAY);
        int end = Math.min(host.rows().firstAfter((day + 1) * DAY - 1), host.cut());
        turns.add(new Turn(day, host, first, end));
        first = end;
      }
    }
    turns.sort(
        Comparator.comparingLong(Turn::day).thenComparing(turn -> turn.host().rows().instance()));
    return turns;
  }

  private void teach(Ensemble ensemble, Turn turn, long shift) {
    HostRows rows = turn.host().rows();
    boolean follows = false;
    for (int i = turn.first(); i < turn.end(); i++) {
      if (turn.host().learnt().get(i)) {
        if (!follows) {
          ensemble.beginHost();
        }
        rows.read(i, row);
        ensemble.learn(rows.seconds(i) + shift, row);
        follows = true;
        if (++taught % ROWS_AT_A_TIME == 0) {
          pace.rest();
        }
      } else {
        follows = false;
      }
    }
  }
}
