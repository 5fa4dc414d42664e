package io.fleetward.models.faults;

import io.fleetward.models.faults.Calibration.Answer;
import io.fleetward.models.faults.Episode.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

/// Trains classifiers from episodes. Immutable; the same episodes in the same order make the same
/// classifier.
///
/// Kinds weigh alike, however many episodes they have, and so do the runs of a kind. Each episode
/// is learnt three times: with all features, with those alone that the host pack's detector reads,
/// and with a random half, since hosts differ in what they can tell.
final class FaultTraining {
  private static final long SEED = 20_261_122;

  /// Keeps weights near 1, where steps of the gradient mean what they say.
  private static final double SCALE = 10;

  private static final int COPIES = 4;

  private final long seed;

  FaultTraining() {
    this(SEED);
  }

  FaultTraining(long seed) {
    this.seed = seed;
  }

  /// A model with its calibration, before it is put to use or written.
  record Trained(LinearSGDModel model, Calibration calibration) {
    FaultClassifier classifier() {
      return new FaultClassifier(LinearScorer.of(model), calibration);
    }
  }

  /// Trains on all episodes; calibrated on programs held out one after the other.
  ///
  /// @throws IllegalArgumentException if there are not two kinds by two programs
  Trained train(List<WeightedEpisode> episodes) {
    List<Answer> heldOut = heldOut(episodes, FaultTraining::program, List.of(View.ALL));
    if (heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "%d episodes are too few: there must be two kinds, each by two programs"
              .formatted(episodes.size()));
    }
    return new Trained(fit(episodes), Calibration.fit(heldOut));
  }

  /// Episodes by the program that made them; those that no program made in five parts.
  static String program(Episode episode) {
    String program = episode.origin().program();
    return program.equals(Origin.NOTHING) || program.equals(Origin.OPERATOR)
        ? program + " " + Math.floorMod(episode.origin().run().hashCode(), 5)
        : program;
  }

  /// What models say about episodes that they had not seen.
  ///
  /// @param group episodes of one group are held out together
  List<Answer> heldOut(
      List<WeightedEpisode> episodes, Function<Episode, String> group, Collection<View> views) {
    List<Answer> answers = new ArrayList<>();
    Map<String, List<WeightedEpisode>> groups =
        episodes.stream()
            .collect(
                Collectors.groupingBy(
                    each -> group.apply(each.episode()), TreeMap::new, Collectors.toList()));
    groups.forEach((_, out) -> {
      List<WeightedEpisode> others = episodes.stream().filter(each -> !out.contains(each)).toList();
      var known = others.stream().map(each -> each.episode().kind()).collect(Collectors.toSet());
      if (known.size() > 1) {
        List<WeightedEpisode> tested =
            out.stream().filter(each -> known.contains(each.episode().kind())).toList();
        answers.addAll(answers(LinearScorer.of(fit(others)), tested, views));
      }
    });
    return answers;
  }

  /// What a model says about episodes.
  List<Answer> answers(
      LinearScorer scorer, List<WeightedEpisode> episodes, Collection<View> views) {
    List<Answer> answers = new ArrayList<>();
    for (WeightedEpisode each : episodes) {
      for (View view : views) {
        Episode seen = view.of(each.episode(), seed);
        answers.add(new Answer(seen.kind(), scorer.probabilities(seen.row()), each.weight()));
      }
    }
    return answers;
  }

  /// The model alone.
  LinearSGDModel fit(List<WeightedEpisode> episodes) {
    Map<String, Integer> instants = new HashMap<>();
    episodes.forEach(each -> instants.merge(run(each.episode()), 1, Integer::sum));
    Map<FaultKind, Double> ofKind = new EnumMap<>(FaultKind.class);
    for (WeightedEpisode each : episodes) {
      ofKind.merge(each.episode().kind(), ofRun(each, instants), Double::sum);
    }
    List<Episode> noise =
        episodes.stream().map(WeightedEpisode::episode).filter(FaultTraining::isNoise).toList();
    Random random = new Random(seed);
    List<WeightedEpisode> learnt = new ArrayList<>();
    for (WeightedEpisode each : episodes) {
      Episode episode = each.episode();
      double share = SCALE * ofRun(each, instants) / ofKind.getOrDefault(episode.kind(), 1.0);
      learnt.add(new WeightedEpisode(episode, share));
      learnt.add(new WeightedEpisode(View.HALF.of(episode, seed), share / 2));
      for (int copy = 0; copy < COPIES && !noise.isEmpty() && !isNoise(episode); copy++) {
        Episode beside = episode.beside(noise.get(random.nextInt(noise.size())));
        learnt.add(new WeightedEpisode(beside, share));
      }
    }
    return FaultTrainer.train(learnt, seed);
  }

  private static boolean isNoise(Episode episode) {
    return episode.origin().program().equals(Origin.NOTHING);
  }

  private static double ofRun(WeightedEpisode episode, Map<String, Integer> instants) {
    return episode.weight() / instants.getOrDefault(run(episode.episode()), 1);
  }

  private static String run(Episode episode) {
    return episode.origin().program() + " " + episode.origin().run();
  }

  /// Which features a host has.
  enum View {
    ALL {
      @Override
      boolean has(int feature, Random random) {
        return true;
      }
    },
    /// Those that the host pack's detector reads.
    BASIC {
      @Override
      boolean has(int feature, Random random) {
        return FaultFeatures.isBasic(feature);
      }
    },
    /// A random half.
    HALF {
      @Override
      boolean has(int feature, Random random) {
        return random.nextBoolean();
      }
    };

    abstract boolean has(int feature, Random random);

    Episode of(Episode episode, long seed) {
      Random random = new Random(seed ^ Arrays.hashCode(episode.row()));
      boolean[] has = new boolean[FaultFeatures.count()];
      for (int feature = 0; feature < has.length; feature++) {
        has[feature] = has(feature, random);
      }
      return episode.seenBy(has);
    }
  }
}
