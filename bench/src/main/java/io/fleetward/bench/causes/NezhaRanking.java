package io.fleetward.bench.causes;

import io.fleetward.bench.causes.InjectedFault.Verdict;
import io.fleetward.bench.causes.NezhaDay.PodRows;
import io.fleetward.models.causes.CauseRanking;
import io.fleetward.models.causes.Suspect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ranks the pods of a day of Nezha at each fault by what got worse in the five minutes after it.
final class NezhaRanking {
  private static final long WINDOW = 5 * 60;

  /// So long a fault and what it leaves behind are kept out of training.
  private static final long AFTERMATH = 10 * 60;

  private final NezhaDay day;
  private final boolean trained;
  private final Map<String, HostAlarms> alarms = new HashMap<>();

  /// Scores all pods.
  ///
  /// @param trained whether each pod's rows of the day outside its own faults are known before
  ///   (those after a fault, too); else only what comes before a fault is, and models start cold
  ///   with the day, which begins minutes before the first fault
  NezhaRanking(NezhaDay day, boolean trained) {
    this.day = day;
    this.trained = trained;
    day.pods()
        .forEach((pod, rows) ->
            alarms.put(
                pod,
                HostAlarms.of(
                    rows.own().where(time -> trained && isHealthy(pod, time)), rows.own())));
  }

  private boolean isHealthy(String pod, long time) {
    return day.faults().stream()
        .filter(fault -> fault.host().equals(pod))
        .noneMatch(fault -> time >= fault.at() && time < fault.at() + AFTERMATH);
  }

  private Suspect suspect(String pod, PodRows rows, long at) {
    return new Suspect(
        pod,
        worst(pod, rows.resources(), at),
        worst(pod, rows.answers(), at),
        worst(pod, rows.waiting(), at));
  }

  private double worst(String pod, HostRows rows, long at) {
    HostRows usual = rows.where(time -> isHealthy(pod, time) && (trained || time < at));
    return new HostShifts(usual, rows, new double[rows.features()]).worst(at, at + WINDOW);
  }

  List<Verdict> verdicts() {
    CauseRanking ranking = new CauseRanking(day.calls());
    List<Verdict> verdicts = new ArrayList<>();
    for (InjectedFault fault : day.faults()) {
      List<Suspect> suspects =
          day.pods().entrySet().stream()
              .map(pod -> suspect(pod.getKey(), pod.getValue(), fault.at()))
              .toList();
      int rank = ranking.rank(suspects).indexOf(fault.host()) + 1;
      HostAlarms own = alarms.get(fault.host());
      int delay = own == null ? -1 : own.delay(fault.at(), fault.at() + WINDOW);
      verdicts.add(new Verdict(fault, rank, delay));
    }
    return verdicts;
  }
}
