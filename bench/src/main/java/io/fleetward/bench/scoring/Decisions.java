package io.fleetward.bench.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a detector's own alarms are worth, without tolerance: an event is found when one of its
/// rows alarms, an episode of alarms is false when none of its rows is labelled.
///
/// @param rows of all series together
/// @param normalRows those not labelled
/// @param falseAlarms alarms on them
/// @param delays of the found events, in rows: the first alarm in the event minus its first row
public record Decisions(
    int rows,
    int normalRows,
    int events,
    int episodes,
    int falseEpisodes,
    int falseAlarms,
    List<Integer> delays) {

  public Decisions {
    delays = List.copyOf(delays);
  }

  /// @throws IllegalArgumentException if there are not as many alarms as labels
  public static Decisions of(boolean[] alarms, boolean[] labels) {
    if (alarms.length != labels.length) {
      throw new IllegalArgumentException(
          "%d alarms for %d labels".formatted(alarms.length, labels.length));
    }
    List<Run> events = Run.of(labels);
    List<Integer> delays = new ArrayList<>();
    for (Run event : events) {
      int alarm = event.firstMarked(alarms);
      if (alarm >= 0) {
        delays.add(alarm - event.first());
      }
    }
    List<Run> episodes = Run.of(alarms);
    long falseEpisodes =
        episodes.stream().filter(episode -> episode.firstMarked(labels) < 0).count();
    int normal = 0;
    int falseAlarms = 0;
    for (int row = 0; row < labels.length; row++) {
      if (!labels[row]) {
        normal++;
        falseAlarms += alarms[row] ? 1 : 0;
      }
    }
    return new Decisions(
        labels.length,
        normal,
        events.size(),
        episodes.size(),
        (int) falseEpisodes,
        falseAlarms,
        delays);
  }

  /// The decisions on several series together.
  public static Decisions all(List<Decisions> parts) {
    return new Decisions(
        parts.stream().mapToInt(Decisions::rows).sum(),
        parts.stream().mapToInt(Decisions::normalRows).sum(),
        parts.stream().mapToInt(Decisions::events).sum(),
        parts.stream().mapToInt(Decisions::episodes).sum(),
        parts.stream().mapToInt(Decisions::falseEpisodes).sum(),
        parts.stream().mapToInt(Decisions::falseAlarms).sum(),
        parts.stream().flatMap(part -> part.delays.stream()).toList());
  }

  /// The share of events that were found; NaN without events.
  public double eventRecall() {
    return (double) delays.size() / events;
  }

  /// The share of episodes that met an event; NaN without episodes.
  public double episodePrecision() {
    return 1 - (double) falseEpisodes / episodes;
  }

  /// In rows; the mean of the middle two where their number is even, NaN if nothing was found.
  public double medianDelay() {
    int[] sorted = delays.stream().mapToInt(Integer::intValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  /// False alarms on 10,000 rows without label; NaN without such rows.
  public double falseAlarmsPer10kNormal() {
    return 10_000.0 * falseAlarms / normalRows;
  }
}
