package io.fleetward.models.faults;

import io.fleetward.models.faults.Calibration.Answer;
import io.fleetward.models.faults.Episode.Origin;
import io.fleetward.models.faults.FaultTraining.Trained;
import io.fleetward.models.faults.FaultTraining.View;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Measures the classifier on episodes, by holding out what was made alike: the numbers of its
/// card.
public final class FaultComparison {
  private final List<WeightedEpisode> learnt;
  private final List<WeightedEpisode> unseen;
  private final List<WeightedEpisode> strange;

  /// @param heldOut programs that take no part in choosing: they are the last test
  public FaultComparison(List<Episode> episodes, Set<String> heldOut) {
    this.learnt =
        weighted(
            episodes,
            each -> each.kind() != FaultKind.UNKNOWN && !heldOut.contains(each.origin().program()));
    this.unseen =
        weighted(
            episodes,
            each -> each.kind() != FaultKind.UNKNOWN && heldOut.contains(each.origin().program()));
    this.strange = weighted(episodes, each -> each.kind() == FaultKind.UNKNOWN);
  }

  private static List<WeightedEpisode> weighted(List<Episode> episodes, Predicate<Episode> which) {
    return episodes.stream().filter(which).map(each -> new WeightedEpisode(each, 1)).toList();
  }

  /// Markdown: a table, the calibration, and which kinds are taken for which.
  public String toMarkdown() {
    FaultTraining training = new FaultTraining();
    Trained trained = training.train(learnt);
    Calibration calibration = trained.calibration();
    StringBuilder text = new StringBuilder(FaultReport.HEADER);
    row(text, training, calibration, "one run in five", FaultComparison::fifth, learnt);
    row(text, training, calibration, "one program", FaultTraining::program, learnt);
    row(text, training, calibration, "one intensity", this::intensity, learnt);
    LinearScorer scorer = LinearScorer.of(trained.model());
    for (View view : View.values()) {
      text.append(
          FaultReport.of(training.answers(scorer, unseen, List.of(view)), calibration)
              .row("programs never seen, features: " + view.name().toLowerCase(Locale.ROOT)));
    }
    text.append(
        "%nTemperature %.2f, threshold %.2f. Of %d instants of kinds never seen, %d are called unknown.%n"
            .formatted(
                calibration.temperature(),
                calibration.threshold(),
                strange.size(),
                unknown(training.answers(scorer, strange, List.of(View.ALL)), calibration)));
    FaultReport last =
        FaultReport.of(training.answers(scorer, unseen, List.of(View.ALL)), calibration);
    return text.append("%nPrograms never seen:%n%n```%n%s```%n".formatted(last.confusions()))
        .append(
            "%nOne program held out:%n%n```%n%s```%n"
                .formatted(
                    FaultReport.of(
                            training.heldOut(learnt, FaultTraining::program, List.of(View.ALL)),
                            calibration)
                        .confusions()))
        .toString();
  }

  private static long unknown(List<Answer> answers, Calibration calibration) {
    return answers.stream()
        .map(each -> new Answer(each.truth(), calibration.apply(each.probabilities()), 1))
        .filter(each -> each.bestProbability() < calibration.threshold())
        .count();
  }

  private static void row(
      StringBuilder text,
      FaultTraining training,
      Calibration calibration,
      String name,
      Function<Episode, String> group,
      List<WeightedEpisode> learnt) {
    text.append(
        FaultReport.of(training.heldOut(learnt, group, List.of(View.ALL)), calibration).row(name));
  }

  private static String fifth(Episode episode) {
    return "" + Math.floorMod(episode.origin().run().hashCode(), 5);
  }

  /// Low, middle or high among the intensities that its program made this kind with.
  private String intensity(Episode episode) {
    TreeSet<Double> all = new TreeSet<>();
    for (WeightedEpisode each : learnt) {
      Origin origin = each.episode().origin();
      if (each.episode().kind() == episode.kind()
          && origin.program().equals(episode.origin().program())) {
        all.add(origin.intensity());
      }
    }
    return "" + all.headSet(episode.origin().intensity()).size() * 3 / all.size();
  }
}
