package io.fleetward.rules.series;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long the samples of each series are kept: as long as some selector can see them. Immutable
/// once built; shared by all hosts.
public final class Retention {
  private final long leastMillis;
  private final long lifeMillis;

  /// Needs of selectors that ask for one metric name, by that name; the others under the empty
  /// name.
  private final Map<String, List<Need>> needs = new HashMap<>();

  private final Map<Long, Keeping> keepings = new ConcurrentHashMap<>();

  private record Need(List<LabelMatcher> matchers, long millis) {}

  private Retention(long leastMillis, long lifeMillis) {
    this.leastMillis = leastMillis;
    this.lifeMillis = lifeMillis;
  }

  /// What series need that nobody looks back on: a sample is kept as long as an evaluation may come
  /// late, and the newest one for the look-back.
  ///
  /// @param lateMillis how far an evaluation may lie behind the newest sample
  public static Retention ofNewest(long lateMillis, long lookBackMillis) {
    return new Retention(lateMillis, lookBackMillis);
  }

  /// Everything for ever, as tests need it.
  public static Retention everything() {
    return new Retention(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);
  }

  /// Collects what selectors need. Used once, by one thread.
  ///
  /// @param lateMillis how far an evaluation may lie behind the newest sample
  public static Builder builder(long lateMillis, long lookBackMillis) {
    return new Builder(ofNewest(lateMillis, lookBackMillis));
  }

  /// A retention that selectors are still added to.
  public static final class Builder {
    private final Retention retention;

    private Builder(Retention retention) {
      this.retention = retention;
    }

    /// Adds a selector that sees samples up to an age.
    public void add(List<LabelMatcher> matchers, long millis) {
      if (millis > retention.leastMillis) {
        List<Need> ofName =
            retention.needs.computeIfAbsent(metricName(matchers), _ -> new ArrayList<>());
        Need need = new Need(matchers, millis);
        if (!ofName.contains(need)) {
          ofName.add(need);
        }
      }
    }

    /// The retention; nothing may be added any more.
    public Retention build() {
      return retention;
    }
  }

  /// The metric name that a selector asks for; empty if it does not ask for one.
  static String metricName(List<LabelMatcher> matchers) {
    for (LabelMatcher matcher : matchers) {
      if (matcher.operator() == Operator.EQUAL && matcher.name().equals(Labels.METRIC_NAME)) {
        return matcher.value();
      }
    }
    return "";
  }

  /// What to keep of a series; the same object where it is the same.
  Keeping keeping(Labels labels) {
    return keepings.computeIfAbsent(millis(labels), kept -> new Keeping(kept, lifeMillis));
  }

  /// How long the samples of a series are kept, in milliseconds.
  public long millis(Labels labels) {
    long longest = leastMillis;
    for (String name : List.of(labels.metricName(), "")) {
      for (Need need : needs.getOrDefault(name, List.of())) {
        boolean sees = need.matchers().stream().allMatch(matcher -> matcher.matches(labels));
        longest = sees ? Math.max(longest, need.millis()) : longest;
      }
    }
    return longest;
  }
}
