package io.fleetward.models.faults;

import io.fleetward.models.faults.Episode.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Episodes of three kinds with a pattern of their own and noise, by four programs.
final class MadeUpEpisodes {
  static final List<FaultKind> KINDS =
      List.of(FaultKind.CPU_HOG, FaultKind.MEMORY_LEAK, FaultKind.DISK_FILLING);

  private MadeUpEpisodes() {}

  static List<WeightedEpisode> weighted(int seed) {
    return episodes(seed).stream().map(each -> new WeightedEpisode(each, 1)).toList();
  }

  static List<Episode> episodes(int seed) {
    Random random = new Random(seed);
    List<Episode> episodes = new ArrayList<>();
    for (String program : List.of("perl", "python", "sh", "java")) {
      for (FaultKind kind : KINDS) {
        for (int run = 0; run < 4; run++) {
          double intensity = Math.pow(3, run);
          Origin origin = new Origin(program, intensity, kind.text() + run);
          episodes.add(new Episode(kind, origin, pattern(kind, intensity, random)));
        }
      }
    }
    return episodes;
  }

  /// Each kind moves ten features, some of which it shares with the next.
  static double[] pattern(FaultKind kind, double intensity, Random random) {
    double[] deviations = new double[FaultFeatures.count()];
    int first = 8 * KINDS.indexOf(kind);
    for (int i = 0; i < 10; i++) {
      deviations[first + i] = (2 + i) * intensity * (0.5 + random.nextDouble());
    }
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] += 2 * random.nextGaussian();
    }
    return deviations;
  }
}
