package io.fleetward.service.fleet;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Which series leave their host, and where to. Shared by all hosts; safe for use by many threads.
public final class ForwardPlan {
  private static final int[] NOWHERE = {};

  private final List<Target> targets;
  private final Map<String, List<Wish>> byName = new HashMap<>();

  /// Where equal sets of targets are kept once.
  private final Map<List<Integer>, int[]> sets = new ConcurrentHashMap<>();

  private record Wish(int target, List<LabelMatcher> matchers) {}

  /// One of the parties that hosts send to.
  ///
  /// @param keyOf the key of records for it, by the instance they come from
  /// @param selectors what it needs
  /// @param wantsPresence whether it wants to hear of hosts that have nothing it needs
  public record Target(
      UnaryOperator<String> keyOf, List<List<LabelMatcher>> selectors, boolean wantsPresence) {
    public Target {
      selectors = List.copyOf(selectors);
    }
  }

  public ForwardPlan(List<Target> targets) {
    this.targets = List.copyOf(targets);
    for (int i = 0; i < this.targets.size(); i++) {
      for (List<LabelMatcher> matchers : this.targets.get(i).selectors()) {
        byName
            .computeIfAbsent(metricName(matchers), _ -> new ArrayList<>())
            .add(new Wish(i, matchers));
      }
    }
  }

  private static String metricName(List<LabelMatcher> matchers) {
    return matchers.stream()
        .filter(matcher ->
            matcher.name().equals(Labels.METRIC_NAME)
                && matcher.operator() == LabelMatcher.Operator.EQUAL)
        .map(LabelMatcher::value)
        .findFirst()
        .orElse("");
  }

  public List<Target> targets() {
    return targets;
  }

  /// The positions of the targets that need a series; the same array for all series alike.
  int[] targetsOf(Labels series) {
    List<Integer> found = new ArrayList<>(0);
    for (String name : List.of(series.metricName(), "")) {
      for (Wish wish : byName.getOrDefault(name, List.of())) {
        if (!found.contains(wish.target())
            && wish.matchers().stream().allMatch(matcher -> matcher.matches(series))) {
          found.add(wish.target());
        }
      }
    }
    return found.isEmpty()
        ? NOWHERE
        : sets.computeIfAbsent(
            List.copyOf(found), set -> set.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public String toString() {
    return Arrays.toString(targets.toArray());
  }
}
