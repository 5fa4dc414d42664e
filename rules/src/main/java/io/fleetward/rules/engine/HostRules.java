package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.Query;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.series.Appended;
import io.fleetward.rules.series.SampleListener;
import io.fleetward.rules.series.SampleVisitor;
import io.fleetward.rules.series.SeriesStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The live state of one host: its samples, its rules bound to them, its alerts. Confined to one
/// thread, and cheap to make again from samples and [#restoreAlerts].
public final class HostRules {
  private static final long SWEEP_MILLIS = 60_000;

  private final RulePlan plan;
  private final String instance;
  private final SeriesStore store;
  private final IdentityHashMap<RuleGroup, GroupState> groups = new IdentityHashMap<>();
  private final List<GroupState> inOrder = new ArrayList<>();

  /// Series of rules that are no longer there, to be ended as of `ceasedAt`, the first round.
  private final Set<Labels> ceased = new HashSet<>();

  private long ceasedAt = Long.MIN_VALUE;
  private long sweptAt = Long.MIN_VALUE;

  public HostRules(RuleSet rules, String instance) {
    this(RulePlan.of(rules), instance);
  }

  /// @param plan what all hosts under these rules share; make it once
  public HostRules(RulePlan plan, String instance) {
    this.plan = plan;
    this.instance = instance;
    this.store = new SeriesStore(plan.retention(), plan.hostLabels(), instance);
    for (RuleGroup group : plan.rules().groups()) {
      GroupState state = new GroupState(group, store, plan);
      groups.put(group, state);
      inOrder.add(state);
    }
  }

  /// This host under other rules; this object must not be used any more. Samples stay as far as
  /// they were kept and can still be seen. A rule that both plans have under the same key goes on
  /// with its alerts; what the others yielded ends with the next round.
  public HostRules under(RulePlan other) {
    HostRules next = new HostRules(other, instance);
    next.store.take(store);
    Map<String, RuleState> former = new HashMap<>();
    for (GroupState group : inOrder) {
      group.rules().forEach(rule -> former.put(rule.key(), rule));
    }
    next.inOrder.forEach(group -> group.succeed(former));
    next.ceased.addAll(ceased);
    former.values().forEach(rule -> next.ceased.addAll(rule.yielded()));
    next.sweptAt = sweptAt;
    return next;
  }

  public String instance() {
    return instance;
  }

  public RuleSet rules() {
    return plan.rules();
  }

  /// The slot of a series, which is made if it is new. Slots stay valid while [#slotsVersion] stays
  /// the same.
  public int slot(Labels labels) {
    return store.slot(labels);
  }

  /// Changes whenever a series was forgotten, which happens only within [#evaluate]: slots handed
  /// out before have to be asked for again.
  public long slotsVersion() {
    return store.version();
  }

  /// How many series this host has.
  public int seriesCount() {
    return store.size();
  }

  /// Appends a sample to a series.
  ///
  /// @param value [StaleMarker#VALUE] says that the series ended
  public Appended append(int slot, long timeMillis, double value) {
    return store.append(slot, timeMillis, value);
  }

  /// Appends a histogram to a series.
  public Appended append(int slot, long timeMillis, NativeHistogram histogram) {
    return store.append(slot, timeMillis, histogram);
  }

  /// Lets a listener hear of every sample that is stored from now on, also of what rules record.
  ///
  /// @param listener null to tell nobody any more
  public void listen(@Nullable SampleListener listener) {
    store.listen(listener);
  }

  /// The labels of the series that has a slot.
  public Labels labels(int slot) {
    return store.labels(slot);
  }

  /// Evaluates the rules of a group in order. What recording rules yield is appended to this host's
  /// series with the tick, less the group's query offset, as its time.
  ///
  /// @param group one of the groups of [#rules]
  public RoundResult evaluate(RuleGroup group, long tickMillis) {
    return round(group, tickMillis, null);
  }

  /// The same, telling how long each rule took.
  public RoundResult evaluate(RuleGroup group, long tickMillis, RuleTimes times) {
    return round(group, tickMillis, times);
  }

  private RoundResult round(RuleGroup group, long tickMillis, @Nullable RuleTimes times) {
    GroupState state = groups.get(group);
    if (state == null) {
      throw new IllegalArgumentException("not a group of these rules: " + group.name());
    }
    if (!ceased.isEmpty()) {
      endCeased(tickMillis);
    }
    RoundResult result = state.evaluate(tickMillis, times);
    if (sweptAt == Long.MIN_VALUE || tickMillis - sweptAt >= SWEEP_MILLIS) {
      sweptAt = tickMillis;
      store.forgetUnseen(tickMillis);
    }
    return result;
  }

  /// Ends series of former rules, unless another rule yielded them in the first round.
  private void endCeased(long tickMillis) {
    if (ceasedAt == Long.MIN_VALUE) {
      ceasedAt = tickMillis;
    } else if (tickMillis > ceasedAt) {
      for (Labels labels : ceased) {
        OptionalInt slot = store.find(labels);
        if (slot.isPresent()) {
          store.append(slot.getAsInt(), ceasedAt, StaleMarker.VALUE);
        }
      }
      ceased.clear();
    }
  }

  /// The newest value of a series as an instant selector sees it at a tick; NaN when there is none
  /// within the look-back, or the series ended.
  public double newest(int slot, long tickMillis) {
    long after = tickMillis - plan.settings().lookBackMillis();
    double value = store.series(slot).newest(after, tickMillis);
    return StaleMarker.is(value) ? Double.NaN : value;
  }

  /// The same for a series known by its labels; NaN also when there is no such series.
  public double newest(Labels series, long tickMillis) {
    return store.find(series).isPresent()
        ? newest(store.find(series).getAsInt(), tickMillis)
        : Double.NaN;
  }

  /// Evaluates an expression on this host's series.
  ///
  /// @param text what the expression was parsed from
  /// @throws io.fleetward.rules.evaluation.EvaluationException if it cannot be evaluated
  public QueryResult query(String text, Expression expression, long timeMillis) {
    return new Query(text, expression, store, plan.settings()).instant(timeMillis);
  }

  /// Hands over every sample that is kept: with [#recorded] and [#alerts] all that another life of
  /// this host needs.
  public void visit(SampleVisitor visitor) {
    store.visit(visitor);
  }

  /// The series that recording rules yielded in their newest rounds, by [RulePlan#key].
  public Map<String, Set<Labels>> recorded() {
    Map<String, Set<Labels>> recorded = new HashMap<>();
    inOrder.forEach(group -> group.addRecorded(recorded));
    return recorded;
  }

  /// Takes over what [#recorded] told in a former life of this host.
  public void restoreRecorded(Map<String, Set<Labels>> recorded) {
    inOrder.forEach(group -> group.restoreRecorded(recorded));
  }

  /// Every alert that is pending, firing, or resolved not longer than 15 minutes ago.
  public List<AlertInstance> alerts() {
    List<AlertInstance> alerts = new ArrayList<>();
    inOrder.forEach(group -> alerts.addAll(group.alerts()));
    return alerts;
  }

  /// Takes over alerts from a former life of this host, instead of all that are known now. Those
  /// whose rule is no longer there are left out.
  public void restoreAlerts(List<AlertInstance> alerts) {
    inOrder.forEach(GroupState::forgetAlerts);
    for (AlertInstance alert : alerts) {
      inOrder.forEach(group -> group.restore(alert));
    }
  }
}
