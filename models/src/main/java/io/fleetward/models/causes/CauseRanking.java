package io.fleetward.models.causes;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ranks hosts by how likely each is the cause of what all of them show.
///
/// First come hosts that are anomalous themselves while nothing that they call, directly or through
/// others, is: what they suffer from does not come from below. Then hosts that their callers wait
/// for, though they look well themselves, as when the network before them is slow. Then anomalous
/// hosts whose anomaly one that they call explains. Then the others. Within each group the
/// strongest comes first.
public final class CauseRanking {
  private final Map<String, Set<String>> calls;
  private final Map<String, Set<String>> callers = new HashMap<>();

  /// @param calls of each host, the hosts that it calls; hosts that call none may be left out
  public CauseRanking(Map<String, Set<String>> calls) {
    this.calls = Map.copyOf(calls);
    calls.forEach((caller, called) ->
        called.forEach(host -> callers.computeIfAbsent(host, _ -> new HashSet<>()).add(caller)));
  }

  private enum Ground {
    ANOMALOUS_BY_ITSELF,
    WAITED_FOR,
    EXPLAINED,
    UNREMARKABLE
  }

  private record Placed(Suspect suspect, Ground ground, double strength) {
    /// How far the use of resources moved in either direction.
    double change() {
      double resources = suspect.resources();
      return Double.isNaN(resources) ? 0 : Math.abs(resources);
    }
  }

  /// All hosts, the likeliest cause first. Among hosts of equal strength, as when one caller waits
  /// and does not know for whom, the one comes first whose use of resources changed most, then the
  /// first by name.
  public List<String> rank(Collection<Suspect> suspects) {
    Map<String, Suspect> byHost = new HashMap<>();
    suspects.forEach(suspect -> byHost.put(suspect.host(), suspect));
    return suspects.stream()
        .map(suspect -> place(suspect, byHost))
        .sorted(
            Comparator.comparing(Placed::ground)
                .thenComparing(Comparator.comparingDouble(Placed::strength).reversed())
                .thenComparing(Comparator.comparingDouble(Placed::change).reversed())
                .thenComparing(placed -> placed.suspect().host()))
        .map(placed -> placed.suspect().host())
        .toList();
  }

  private Placed place(Suspect suspect, Map<String, Suspect> byHost) {
    double own = Double.isNaN(suspect.own()) ? Double.NEGATIVE_INFINITY : suspect.own();
    if (suspect.isAnomalous()) {
      boolean explained = below(suspect.host()).stream().anyMatch(host -> anomalous(host, byHost));
      return new Placed(suspect, explained ? Ground.EXPLAINED : Ground.ANOMALOUS_BY_ITSELF, own);
    }
    double waited = waitedFor(suspect.host(), byHost);
    return waited > 0
        ? new Placed(suspect, Ground.WAITED_FOR, waited)
        : new Placed(suspect, Ground.UNREMARKABLE, own);
  }

  private static boolean anomalous(String host, Map<String, Suspect> byHost) {
    Suspect suspect = byHost.get(host);
    return suspect != null && suspect.isAnomalous();
  }

  /// How much waiting of its callers the host explains: all of it together, less one for each
  /// caller that does not wait, or waits for another host that is anomalous.
  private double waitedFor(String host, Map<String, Suspect> byHost) {
    double sum = 0;
    for (String caller : callers.getOrDefault(host, Set.of())) {
      Suspect waiting = byHost.get(caller);
      if (waiting != null) {
        boolean forAnother = below(caller).stream().anyMatch(other -> anomalous(other, byHost));
        sum += waiting.isWaiting() && !forAnother ? waiting.waiting() : -1;
      }
    }
    return sum;
  }

  /// All hosts that a host calls, directly or through others.
  private Set<String> below(String host) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(host));
    while (!open.isEmpty()) {
      for (String called : calls.getOrDefault(open.pop(), Set.of())) {
        if (!called.equals(host) && found.add(called)) {
          open.push(called);
        }
      }
    }
    return found;
  }
}
