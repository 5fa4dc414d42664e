package io.fleetward.models.stream;

import java.io.IOException;

/// What of a surprise is news: how far it exceeds the strongest surprise still remembered.
///
/// The memory of a surprise stays whole for some rows; then it fades with the logarithm of the time
/// since, the slower the more history there is.
final class FadingMemory {
  private static final double WHOLE_ROWS = 20;
  private static final double SHARE_OF_HISTORY = 0.05;
  private static final double FADE = 3;

  private double strongest;
  private long age;
  private long rows;

  /// By how much a surprise exceeds what is remembered, below 0 if it does not; it is remembered.
  double take(double surprise) {
    age++;
    double fadesWithin = WHOLE_ROWS + SHARE_OF_HISTORY * rows;
    rows++;
    double remembered = strongest - FADE * Math.log1p(Math.max(0, age - WHOLE_ROWS) / fadesWithin);
    if (surprise > remembered) {
      strongest = surprise;
      age = 0;
    }
    return surprise - Math.max(remembered, 0);
  }

  void state(StateTape tape) throws IOException {
    strongest = tape.number(strongest);
    age = tape.whole(age);
    rows = tape.whole(rows);
  }
}
