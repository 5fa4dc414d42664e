package io.fleetward.bench.causes;

import io.fleetward.bench.causes.InjectedFault.Verdict;
import io.fleetward.models.causes.CauseRanking;
import io.fleetward.models.causes.Suspect;
import java.util.ArrayList;
import java.util.List;

/// Ranks the pods of a day of Nezha at each fault by what the product says about them in the five
/// minutes after it.
final class NezhaRanking {
  private static final long WINDOW = 5 * 60;

  /// So long a fault and what it leaves behind are kept out of training.
  private static final long AFTERMATH = 10 * 60;

  private final NezhaDay day;
  private final List<PodScores> pods = new ArrayList<>();

  private record PodScores(String pod, HostScores own, HostScores waiting) {
    Suspect between(long from, long to) {
      return new Suspect(pod, own.rise(from, to), waiting.rise(from, to));
    }
  }

  /// Scores all pods.
  ///
  /// @param trained whether each pod's model knows the pod's rows outside its own faults before
  ///   (those after a fault, too); else it starts cold with the day, which begins minutes before
  ///   the first fault
  NezhaRanking(NezhaDay day, boolean trained) {
    this.day = day;
    day.pods()
        .forEach((pod, rows) ->
            pods.add(
                new PodScores(
                    pod, scores(pod, rows.own(), trained), scores(pod, rows.waiting(), trained))));
  }

  private HostScores scores(String pod, HostRows rows, boolean trained) {
    return HostScores.of(rows.where(time -> trained && isHealthy(pod, time)), rows);
  }

  private boolean isHealthy(String pod, long time) {
    return day.faults().stream()
        .filter(fault -> fault.host().equals(pod))
        .noneMatch(fault -> time >= fault.at() && time < fault.at() + AFTERMATH);
  }

  List<Verdict> verdicts() {
    CauseRanking ranking = new CauseRanking(day.calls());
    List<Verdict> verdicts = new ArrayList<>();
    for (InjectedFault fault : day.faults()) {
      long end = fault.at() + WINDOW;
      int rank =
          ranking
                  .rank(pods.stream().map(pod -> pod.between(fault.at(), end)).toList())
                  .indexOf(fault.host())
              + 1;
      int delay =
          pods.stream()
              .filter(pod -> pod.pod().equals(fault.host()))
              .mapToInt(pod -> pod.own().delay(fault.at(), end))
              .findFirst()
              .orElse(-1);
      verdicts.add(new Verdict(fault, rank, delay));
    }
    return verdicts;
  }
}
