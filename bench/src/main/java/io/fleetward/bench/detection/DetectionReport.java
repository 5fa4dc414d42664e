package io.fleetward.bench.detection;

import io.fleetward.bench.Figure;
import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;
import io.fleetward.bench.Machine;
import io.fleetward.bench.Numbers;
import io.fleetward.bench.detection.SetSummary.NabScores;
import io.fleetward.bench.scoring.Culprits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One run over labelled data, to be read or kept.
///
/// @param command that was run
/// @param figures about sets that are no series with labels
record DetectionReport(
    String command,
    Instant at,
    Machine machine,
    List<Target.Outcome> goals,
    List<SetSummary> sets,
    List<SeriesResult> series,
    List<Figure> figures) {

  DetectionReport {
    goals = List.copyOf(goals);
    sets = List.copyOf(sets);
    series = List.copyOf(series);
    figures = List.copyOf(figures);
  }

  /// Whether something was measured and no measured goal was missed.
  boolean passed() {
    return goals.stream().anyMatch(goal -> goal.result() instanceof GoalResult.Met)
        && goals.stream().noneMatch(goal -> goal.result() instanceof GoalResult.Missed);
  }

  String text() {
    StringBuilder text = new StringBuilder(setTable().text());
    if (!culpritTable().rows().isEmpty()) {
      text.append('\n').append(culpritTable().text());
    }
    for (Figure figure : figures) {
      text.append(
          "%n%-60s %s %s"
              .formatted(figure.name(), Numbers.text(figure.value()), figure.unit())
              .stripTrailing());
    }
    return text.append(figures.isEmpty() ? "\n" : "\n\n").append(goalTable().text()).toString();
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Detection on labelled data

        `%s` at %s on %d processors, Java %s.

        ## Goals

        %s
        ## Sets

        %s\
        """
            .formatted(
                command,
                at,
                machine.processors(),
                machine.java(),
                goalTable().markdown(),
                setTable().markdown()));
    if (!culpritTable().rows().isEmpty()) {
      text.append("\n## Contributions\n\n").append(culpritTable().markdown());
    }
    if (!figures.isEmpty()) {
      text.append("\n## Root causes\n\n").append(figureTable().markdown());
    }
    return text.append("\n## Series\n\n").append(seriesTable().markdown()).toString();
  }

  private Cells goalTable() {
    List<String> head = List.of("verdict", "goal", "value", "limit", "stretch", "others");
    return new Cells(head, goals.stream().map(DetectionReport::cells).toList());
  }

  private static List<String> cells(Target.Outcome outcome) {
    Goal goal = outcome.target().goal();
    String side = goal.bound() == Goal.Bound.AT_LEAST ? "≥ " : "≤ ";
    String verdict =
        switch (outcome.result()) {
          case GoalResult.Met _ -> outcome.stretchMet() ? "met, stretch too" : "met";
          case GoalResult.Missed _ -> "missed";
          case GoalResult.NotMeasured _ -> "not measured";
        };
    String value =
        switch (outcome.result()) {
          case GoalResult.Met(_, double number) -> precise(number);
          case GoalResult.Missed(_, double number) -> precise(number);
          case GoalResult.NotMeasured(_, String reason) -> reason;
        };
    return List.of(
        verdict,
        goal.name(),
        value,
        (side + Numbers.text(goal.limit()) + " " + goal.unit()).strip(),
        Double.isNaN(outcome.target().stretch())
            ? "–"
            : side + Numbers.text(outcome.target().stretch()),
        outcome.target().anchor());
  }

  private static String precise(double value) {
    return Cells.number(value, Math.abs(value) < 1 ? 3 : 2);
  }

  private Cells setTable() {
    List<String> head =
        List.of(
            "set",
            "series",
            "VUS-PR",
            "AUC-PR",
            "NAB std/low FP/low FN",
            "NAB own alarms",
            "event recall",
            "false/host-day",
            "delay rows",
            "µs/row",
            "learning s");
    return new Cells(head, sets.stream().map(DetectionReport::cells).toList());
  }

  private static List<String> cells(SetSummary set) {
    return List.of(
        set.name(),
        Integer.toString(set.series()),
        Cells.score(set.volume()),
        Cells.score(set.area()),
        nab(set, true),
        nab(set, false),
        "%s (%d/%d)"
            .formatted(
                Cells.score(set.decisions().eventRecall()),
                set.decisions().delays().size(),
                set.decisions().events()),
        Cells.number(set.falseEpisodesPerHostDay(), 2),
        Cells.number(set.decisions().medianDelay(), 1),
        Cells.number(set.microsPerRow(), 2),
        Cells.number(set.learningSeconds(), 1));
  }

  private static String nab(SetSummary set, boolean optimised) {
    return set.nab().isEmpty()
        ? "–"
        : String.join(" / ", set.nab().stream().map(each -> nab(each, optimised)).toList());
  }

  private static String nab(NabScores scores, boolean optimised) {
    return Cells.number((optimised ? scores.optimised() : scores.own()).score(), 2);
  }

  private Cells culpritTable() {
    List<String> head =
        List.of(
            "set", "events", "HitRate@100", "HitRate@150", "top 3 hit", "top 3 right", "chance");
    List<List<String>> rows = new ArrayList<>();
    for (SetSummary set : sets) {
      Culprits culprits = set.culprits();
      if (culprits.events() > 0) {
        rows.add(
            List.of(
                set.name(),
                Integer.toString(culprits.events()),
                Cells.score(culprits.hitRate100()),
                Cells.score(culprits.hitRate150()),
                Cells.score(culprits.topThree()),
                Cells.score(culprits.topThreePrecision()),
                Cells.score(culprits.chance())));
      }
    }
    return new Cells(head, rows);
  }

  private Cells figureTable() {
    return new Cells(
        List.of("what", "value", "unit"),
        figures.stream()
            .map(figure -> List.of(figure.name(), Numbers.text(figure.value()), figure.unit()))
            .toList());
  }

  private Cells seriesTable() {
    List<String> head =
        List.of(
            "set",
            "series",
            "rows",
            "learnt",
            "VUS-PR",
            "AUC-PR",
            "AUC-ROC",
            "events found",
            "false",
            "false/host-day",
            "delay",
            "µs/row");
    return new Cells(head, series.stream().map(DetectionReport::cells).toList());
  }

  private static List<String> cells(SeriesResult result) {
    return List.of(
        result.set(),
        result.series(),
        Integer.toString(result.rows()),
        Integer.toString(result.learnt()),
        Cells.score(result.volumes().precisionRecall()),
        Cells.score(result.areas().precisionRecall()),
        Cells.score(result.areas().operatingCharacteristic()),
        String.format(
            Locale.ROOT, "%d/%d", result.decisions().delays().size(), result.decisions().events()),
        Integer.toString(result.decisions().falseEpisodes()),
        Cells.number(result.decisions().falseEpisodes() / result.hostDays(), 2),
        Cells.number(result.decisions().medianDelay(), 1),
        Cells.number(result.microsPerRow(), 2));
  }
}
