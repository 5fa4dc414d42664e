package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Areas;
import io.fleetward.bench.scoring.Calibration;
import io.fleetward.bench.scoring.Culprits;
import io.fleetward.bench.scoring.Decisions;
import io.fleetward.bench.scoring.NabFile;
import io.fleetward.bench.scoring.PeriodWindow;
import io.fleetward.bench.scoring.Run;
import io.fleetward.bench.scoring.ScoredRows;
import io.fleetward.bench.scoring.Volumes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One series, scored and judged.
///
/// @param culprits the contributions in its events, where experts explained them
/// @param nab the file as NAB scores it
/// @param strip the series as a plot shows it
record Judgement(
    SeriesResult result, List<Culprits.Event> culprits, Optional<NabFile> nab, PlotStrip strip) {

  /// Reads, scores and judges a series on the calling thread.
  static Judgement of(SeriesSource source, ScoreListener listener) {
    SeriesRows rows = SeriesRows.read(source.test());
    List<SeriesRows> training = source.train().stream().map(SeriesRows::read).toList();
    List<Labels.Cause> causes =
        source.interpretation().map(SeriesSource.Interpretation::causes).orElse(List.of());
    SeriesScores scores = SeriesScores.of(rows, training, causes);
    Optional<NabFile> nab =
        source
            .windows()
            .map(windows -> new NabFile(source.name(), scores.scores(), scores.alarms(), windows));
    boolean[] labels =
        source
            .windows()
            .map(windows -> Labels.marks(windows, rows.size()))
            .orElseGet(() -> Labels.column(source.test()));
    listener.scored(source, scores, labels);

    int from = nab.map(NabFile::probation).orElse(0);
    boolean[] judged = Arrays.copyOfRange(labels, from, labels.length);
    double[] judgedScores = Arrays.copyOfRange(scores.scores(), from, labels.length);
    ScoredRows scored = new ScoredRows(judgedScores, judged);
    int buffer = PeriodWindow.of(rows.firstFeature());
    SeriesResult result =
        new SeriesResult(
            source.set(),
            source.name(),
            judged.length,
            training.stream().mapToInt(SeriesRows::size).sum(),
            (int) Arrays.stream(judgedScores).filter(Double::isNaN).count(),
            buffer,
            Volumes.of(scored, buffer),
            Areas.of(scored),
            Decisions.of(Arrays.copyOfRange(scores.alarms(), from, labels.length), judged),
            Calibration.of(judgedScores, judged),
            rows.hostDays(source.interval()) * judged.length / labels.length,
            scores.microsPerRow(),
            scores.learningSeconds());
    return new Judgement(
        result, scores.culprits(), nab, PlotStrip.of(source.name(), scores, Run.of(labels)));
  }

  /// Hears of each series whose rows are scored, on the thread that scored them.
  interface ScoreListener {
    void scored(SeriesSource source, SeriesScores scores, boolean[] labels);
  }
}
