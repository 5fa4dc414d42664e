package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.LiveQuery;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.series.Appended;
import io.fleetward.rules.series.SeriesStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One recording rule on one host. Confined to the host's thread.
final class RecordingState implements RuleState {
  private static final int NO_SLOT = -1;

  private final String key;
  private final RuleGroup group;
  private final Rule.Recording rule;
  private final SeriesStore store;
  private final LiveQuery query;

  /// The slot of the series that each row of the query is recorded as; valid for `mappedRows`. Made
  /// when the row first yields something.
  private int[] slots = new int[0];

  private Labels[] outputs = new Labels[0];
  private long mappedRows = -1;
  private long mappedVersion = -1;

  /// Rows that are recorded as the same series, of which only one may yield something.
  private int[][] colliding = new int[0][];

  /// What was recorded in the round before.
  private Set<Labels> recorded = Set.of();

  private boolean[] wasThere = new boolean[0];

  RecordingState(RuleGroup group, Rule.Recording rule, SeriesStore store, RulePlan plan) {
    this.key = plan.key(rule);
    this.group = group;
    this.rule = rule;
    this.store = store;
    this.query = new LiveQuery(plan.query(rule), store);
  }

  @Override
  public void release() {
    query.release();
  }

  @Override
  public Rule.Recording rule() {
    return rule;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Set<Labels> yielded() {
    rememberRecorded();
    return recorded;
  }

  /// Goes on from where the rule stood under other rules.
  void succeed(RecordingState former) {
    recorded = former.yielded();
  }

  /// Goes on from where the rule stood in a former life of its host.
  void restore(Set<Labels> before) {
    recorded = new HashSet<>(before);
  }

  /// Evaluates the rule and appends what it yields.
  ///
  /// @return how many samples were appended
  int evaluate(long timeMillis) {
    query.evaluate(timeMillis);
    boolean isSameMapping = mappedRows == query.rowsVersion() && mappedVersion == store.version();
    if (!isSameMapping) {
      rememberRecorded();
      map();
    }
    refuseTooMany();
    refuseCollisions();
    int appended = 0;
    for (int row = 0; row < slots.length; row++) {
      if (query.has(row)) {
        if (slots[row] == NO_SLOT) {
          slots[row] = store.slot(outputs[row]);
        }
        store.append(slots[row], timeMillis, query.value(row));
        appended++;
      }
    }
    return appended + endAbsent(timeMillis) + endVanished(timeMillis);
  }

  /// Ends series whose row yields nothing any more, unless another row was recorded as the same
  /// series in this round: then there is a sample, and the store drops the marker.
  private int endAbsent(long timeMillis) {
    int ended = 0;
    for (int row = 0; row < slots.length; row++) {
      boolean isThere = query.has(row);
      if (wasThere[row] && !isThere) {
        Appended appended = store.append(slots[row], timeMillis, StaleMarker.VALUE);
        ended += appended == Appended.STORED ? 1 : 0;
      }
      wasThere[row] = isThere;
    }
    return ended;
  }

  private void rememberRecorded() {
    Set<Labels> now = new HashSet<>(recorded);
    for (int row = 0; row < wasThere.length; row++) {
      if (wasThere[row]) {
        now.add(outputs[row]);
      }
    }
    recorded = now.isEmpty() ? Set.of() : now;
  }

  private void map() {
    Map<Labels, List<Integer>> rows = new HashMap<>();
    outputs = new Labels[query.size()];
    slots = new int[outputs.length];
    wasThere = new boolean[outputs.length];
    for (int row = 0; row < outputs.length; row++) {
      outputs[row] =
          query
              .labels(row)
              .withAll(group.labels())
              .withAll(rule.labels())
              .with(Labels.METRIC_NAME, rule.name());
      rows.computeIfAbsent(outputs[row], _ -> new ArrayList<>(1)).add(row);
      slots[row] = NO_SLOT;
    }
    colliding =
        rows.values().stream()
            .filter(same -> same.size() > 1)
            .map(same -> same.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    mappedRows = query.rowsVersion();
    mappedVersion = store.version();
  }

  private void refuseTooMany() {
    int there = 0;
    for (int row = 0; row < slots.length; row++) {
      there += query.has(row) ? 1 : 0;
    }
    if (group.limit() > 0 && there > group.limit()) {
      throw new EvaluationException(
          "exceeded limit of %d with %d series".formatted(group.limit(), there));
    }
  }

  private void refuseCollisions() {
    for (int[] same : colliding) {
      boolean seen = false;
      for (int row : same) {
        if (query.has(row) && seen) {
          throw new EvaluationException(
              "vector contains metrics with the same labelset after applying rule labels");
        }
        seen |= query.has(row);
      }
    }
  }

  /// Ends series that were recorded under an earlier binding and are not any more.
  private int endVanished(long timeMillis) {
    if (recorded.isEmpty()) {
      return 0;
    }
    for (int row = 0; row < outputs.length; row++) {
      if (wasThere[row]) {
        recorded.remove(outputs[row]);
      }
    }
    for (Labels labels : recorded) {
      store.append(store.slot(labels), timeMillis, StaleMarker.VALUE);
    }
    int ended = recorded.size();
    recorded = Set.of();
    return ended;
  }
}
