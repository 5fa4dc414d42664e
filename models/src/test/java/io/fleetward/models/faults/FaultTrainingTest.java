package io.fleetward.models.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.models.faults.FaultTraining.Trained;
import io.fleetward.models.faults.FaultTraining.View;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

class FaultTrainingTest {
  private static final List<WeightedEpisode> EPISODES = MadeUpEpisodes.weighted(1);

  private static List<Contribution> contributions(double[] deviations) {
    List<Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < deviations.length; i++) {
      String series = FaultFeatures.series().get(i);
      double perUnit = FaultFeatures.deviations(List.of(new Contribution(series, 1, 0, 0)))[i];
      contributions.add(new Contribution(series, deviations[i] / perUnit, 0, 0));
    }
    return contributions;
  }

  @Test
  void theArraysSayWhatTribuoSays() {
    LinearSGDModel model = new FaultTraining().fit(EPISODES);
    LinearScorer scorer = LinearScorer.of(model);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      FaultKind kind = MadeUpEpisodes.KINDS.get(i % 3);
      double[] row =
          FaultFeatures.squashed(MadeUpEpisodes.pattern(kind, 1 + random.nextInt(30), random));
      Map<String, Label> expected =
          model.predict(FaultTrainer.example(kind.name(), row)).getOutputScores();
      double[] actual = scorer.probabilities(row);
      for (FaultKind each : FaultKind.values()) {
        Label label = expected.get(each.name());
        assertThat(actual[each.place()])
            .isCloseTo(label == null ? 0 : label.getScore(), within(1e-9));
      }
    }
  }

  @Test
  void programsNeverSeenAreClassified() {
    FaultTraining training = new FaultTraining();
    Trained trained =
        training.train(
            EPISODES.stream()
                .filter(each -> !each.episode().origin().program().equals("java"))
                .toList());
    List<WeightedEpisode> unseen =
        EPISODES.stream().filter(each -> each.episode().origin().program().equals("java")).toList();
    FaultReport report =
        FaultReport.of(
            training.answers(LinearScorer.of(trained.model()), unseen, List.of(View.ALL)),
            trained.calibration());
    assertThat(report.macroRecall()).isGreaterThan(0.9);
    assertThat(report.logLoss()).isLessThan(0.5);
    assertThat(report.confusions()).contains("cpu-hog: 4 of 4");
  }

  @Test
  void theSameEpisodesMakeTheSameModel() {
    FaultTraining training = new FaultTraining();
    double[] row = EPISODES.getFirst().episode().row();
    assertThat(LinearScorer.of(training.fit(EPISODES)).probabilities(row))
        .containsExactly(LinearScorer.of(training.fit(EPISODES)).probabilities(row));
  }

  @Test
  void tooLittleToLearnFromIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FaultTraining().train(EPISODES.subList(0, 3)))
        .withMessageContaining("two kinds, each by two programs");
  }

  @Test
  void probabilitiesSumToOneAndNothingIsImpossible() {
    double[] certain = new double[FaultKind.values().length];
    certain[0] = 1;
    double[] calibrated = new Calibration(1.5, 0.5).apply(certain);
    double sum = 0;
    for (FaultKind kind : FaultKind.values()) {
      sum += calibrated[kind.place()];
      if (kind != FaultKind.UNKNOWN) {
        assertThat(calibrated[kind.place()]).isPositive();
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(calibrated[FaultKind.UNKNOWN.place()]).isZero();
  }

  @Test
  void operatorsTeachAKindThatWasTakenForAnother() {
    // A leak of this site looks like what the shipped episodes call a CPU hog, and a little more.
    double[] own = MadeUpEpisodes.pattern(FaultKind.CPU_HOG, 20, new Random(3));
    own[35] = 500;
    LearntFaults learnt = new LearntFaults(MadeUpEpisodes.episodes(1), List.of(), 5);
    assertThat(mostProbable(learnt, own)).isEqualTo(FaultKind.CPU_HOG);
    for (int incident = 0; incident < 4; incident++) {
      learnt =
          learnt
              .confirm("incident-" + incident, FaultKind.CPU_HOG, contributions(own))
              .confirm("incident-" + incident, FaultKind.MEMORY_LEAK, contributions(own));
    }
    assertThat(learnt.confirmed()).hasSize(4);
    assertThat(mostProbable(learnt, own)).isEqualTo(FaultKind.MEMORY_LEAK);
    // What was known before is not forgotten.
    double[] filling = MadeUpEpisodes.pattern(FaultKind.DISK_FILLING, 20, new Random(4));
    assertThat(mostProbable(learnt, filling)).isEqualTo(FaultKind.DISK_FILLING);
  }

  /// Whether or not it is probable enough to be named.
  private static FaultKind mostProbable(LearntFaults learnt, double[] deviations) {
    return learnt.train().classify(contributions(deviations)).stream()
        .map(FaultProbability::kind)
        .filter(kind -> kind != FaultKind.UNKNOWN)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingIsLearntFromAnUnknownKind() {
    LearntFaults learnt = new LearntFaults(MadeUpEpisodes.episodes(1), List.of(), 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learnt.confirm("incident-1", FaultKind.UNKNOWN, List.of()))
        .withMessageContaining("incident-1");
  }
}
