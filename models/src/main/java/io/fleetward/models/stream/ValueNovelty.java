package io.fleetward.models.stream;

import java.io.IOException;

/// How new a value is to a series: its surprise on several grids, and how rarely the series has
/// surprised as much.
final class ValueNovelty {
  private final RunningScale scale = new RunningScale();
  private final ValueGrid[] grids = {
    new ValueGrid(0.6, 0), new ValueGrid(0.6, 0.5), new ValueGrid(0.9, 0), new ValueGrid(0.9, 0.5)
  };
  private final EpisodeTail tail = new EpisodeTail();

  /// The logarithm of how many rows pass between two such surprises; the value is learnt.
  double take(double value, double phase) {
    double deviations = scale.take(value);
    double surprise = 0;
    for (ValueGrid grid : grids) {
      surprise += grid.take(deviations, phase);
    }
    return tail.take(surprise / grids.length);
  }

  /// Forgets the values, which mean something else from now on; how often it was surprised stays.
  void clear() {
    scale.clear();
    for (ValueGrid grid : grids) {
      grid.clear();
    }
  }

  void state(StateTape tape) throws IOException {
    scale.state(tape);
    for (ValueGrid grid : grids) {
      grid.state(tape);
    }
    tail.state(tape);
  }
}
