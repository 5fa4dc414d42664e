package io.fleetward.bench.detection;

import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;
import io.fleetward.bench.Machine;
import io.fleetward.bench.Numbers;
import io.fleetward.bench.causes.CauseResults;
import io.fleetward.bench.detection.SetSummary.NabScores;
import io.fleetward.bench.scoring.Calibration;
import io.fleetward.bench.scoring.Culprits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One run over labelled data, to be read or kept.
///
/// @param command that was run
/// @param causes of injected faults
record DetectionReport(
    String command,
    Instant at,
    Machine machine,
    List<Target.Outcome> goals,
    List<SetSummary> sets,
    List<SeriesResult> series,
    List<CauseResults.Group> causes) {

  DetectionReport {
    goals = List.copyOf(goals);
    sets = List.copyOf(sets);
    series = List.copyOf(series);
    causes = List.copyOf(causes);
  }

  /// Whether something was measured and no measured goal was missed.
  boolean passed() {
    return goals.stream().anyMatch(goal -> goal.result() instanceof GoalResult.Met)
        && goals.stream().noneMatch(goal -> goal.result() instanceof GoalResult.Missed);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Cells table : List.of(setTable(), culpritTable(), causeTable(), goalTable())) {
      if (!table.rows().isEmpty()) {
        text.append(table.text()).append('\n');
      }
    }
    return text.toString();
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
    if (!causes.isEmpty()) {
      text.append("\n## Causes\n\n").append(causeTable().markdown());
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
            "healthy > .9/.99/.999",
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
        calibration(set.calibration()),
        Cells.number(set.microsPerRow(), 2),
        Cells.number(set.learningSeconds(), 1));
  }

  private static String calibration(Calibration calibration) {
    double rows = calibration.rows();
    return "%s / %s / %s"
        .formatted(
            Cells.number(calibration.above90() / rows, 3),
            Cells.number(calibration.above99() / rows, 4),
            Cells.number(calibration.above999() / rows, 5));
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

  private Cells causeTable() {
    List<String> head =
        List.of("faults", "number", "right first", "in first three", "alarmed", "delay rows");
    return new Cells(
        head,
        causes.stream()
            .map(group ->
                List.of(
                    group.name(),
                    Integer.toString(group.faults()),
                    Integer.toString(group.first()),
                    Integer.toString(group.firstThree()),
                    Integer.toString(group.alarmed()),
                    Cells.number(group.medianDelay(), 0)))
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
