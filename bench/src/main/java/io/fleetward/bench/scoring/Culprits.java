package io.fleetward.bench.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// How well a detector names the metrics that experts hold for the cause of an event.
///
/// @param events that were judged
/// @param hitRate100 of g labelled metrics, the share among the g strongest, mean over events
/// @param hitRate150 the same among the g x 1.5 strongest, rounded down
/// @param topThree the share of events with a labelled metric among the three strongest
/// @param topThreePrecision the share of labelled ones among the three strongest, mean over events
/// @param chance what a detector that guesses would have as the last: the share of labelled metrics
public record Culprits(
    int events,
    double hitRate100,
    double hitRate150,
    double topThree,
    double topThreePrecision,
    double chance) {

  /// One event. What it is given is not copied and must not change.
  public static final class Event {
    private final double[] shares;
    private final BitSet labelled;

    /// @param shares of each metric in the score, summed over the rows of the event
    /// @param labelled the metrics, from 0, that are the cause; at least one
    public Event(double[] shares, BitSet labelled) {
      this.shares = shares;
      this.labelled = labelled;
    }

    /// Metrics with any share, strongest first; the first of equals first.
    int[] ranking() {
      return IntStream.range(0, shares.length)
          .filter(metric -> shares[metric] > 0)
          .boxed()
          .sorted((a, b) -> Double.compare(shares[b], shares[a]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private long hits(int[] ranking, int first) {
      return Arrays.stream(ranking).limit(first).filter(labelled::get).count();
    }
  }

  /// All fields are NaN without events.
  public static Culprits of(List<Event> events) {
    double exact = 0;
    double generous = 0;
    double any = 0;
    double precision = 0;
    double chance = 0;
    for (Event event : events) {
      int[] ranking = event.ranking();
      int wanted = event.labelled.cardinality();
      exact += (double) event.hits(ranking, wanted) / wanted;
      generous += (double) event.hits(ranking, wanted * 3 / 2) / wanted;
      long top = event.hits(ranking, 3);
      any += top > 0 ? 1 : 0;
      precision += top / 3.0;
      chance += (double) wanted / event.shares.length;
    }
    int count = events.size();
    return new Culprits(
        count, exact / count, generous / count, any / count, precision / count, chance / count);
  }
}
