package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Calibration;
import io.fleetward.bench.scoring.Culprits;
import io.fleetward.bench.scoring.Decisions;
import io.fleetward.bench.scoring.NabCorpus;
import io.fleetward.bench.scoring.NabFile;
import io.fleetward.bench.scoring.NabProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What one set shows.
///
/// @param series how many
/// @param volume VUS-PR, mean over the series that have events
/// @param area AUC-PR, likewise
/// @param nab NAB's scores, empty for other sets
/// @param decisions on all series together
/// @param calibration of scores on healthy rows
/// @param hostDays that all series cover
/// @param microsPerRow of CPU, median over series
/// @param learningSeconds of CPU, all series together
/// @param culprits whether contributions name what experts named; without events elsewhere
record SetSummary(
    String name,
    int series,
    double volume,
    double area,
    List<NabScores> nab,
    Decisions decisions,
    Calibration calibration,
    double hostDays,
    double microsPerRow,
    double learningSeconds,
    Culprits culprits) {

  /// NAB's scores in one profile.
  ///
  /// @param optimised at the one threshold that is best on the labels, as published scores are
  /// @param own at the detector's own alarms
  record NabScores(String profile, NabCorpus.Score optimised, NabCorpus.Score own) {}

  static SetSummary of(String name, List<Judgement> judgements) {
    List<SeriesResult> results = judgements.stream().map(Judgement::result).toList();
    return new SetSummary(
        name,
        results.size(),
        mean(results, result -> result.volumes().precisionRecall()),
        mean(results, result -> result.areas().precisionRecall()),
        nab(judgements.stream().map(Judgement::nab).flatMap(Optional::stream).toList()),
        Decisions.all(results.stream().map(SeriesResult::decisions).toList()),
        Calibration.all(results.stream().map(SeriesResult::calibration).toList()),
        results.stream().mapToDouble(SeriesResult::hostDays).sum(),
        median(results),
        results.stream().mapToDouble(SeriesResult::learningSeconds).sum(),
        Culprits.of(judgements.stream().flatMap(each -> each.culprits().stream()).toList()));
  }

  private static double mean(List<SeriesResult> results, ToDoubleFunction<SeriesResult> value) {
    return results.stream()
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double median(List<SeriesResult> results) {
    double[] sorted = results.stream().mapToDouble(SeriesResult::microsPerRow).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static List<NabScores> nab(List<NabFile> files) {
    List<NabScores> scores = new ArrayList<>();
    if (files.isEmpty()) {
      return scores;
    }
    NabCorpus corpus = new NabCorpus(files);
    for (NabProfile profile : NabProfile.values()) {
      scores.add(new NabScores(profile.key(), corpus.optimised(profile), corpus.own(profile)));
    }
    return scores;
  }

  double falseEpisodesPerHostDay() {
    return decisions.falseEpisodes() / hostDays;
  }
}
