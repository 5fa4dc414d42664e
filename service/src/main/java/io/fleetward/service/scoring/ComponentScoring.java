package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.placement.Placements;
import io.fleetward.rules.series.SampleListener;
import io.fleetward.service.fleet.Arrivals;
import io.fleetward.service.fleet.Arrivals.Arrival;
import io.fleetward.service.fleet.FleetPlan.Component;
import io.fleetward.service.fleet.FleetRecord;
import io.fleetward.service.fleet.FleetSettings;
import io.fleetward.service.fleet.HostPresence;
import io.fleetward.service.fleet.SampleBatch;
import io.fleetward.service.fleet.Watermark;
import io.fleetward.service.scoring.ComponentStore.Round;
import io.fleetward.service.scoring.PlanInForce.Active;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The live state of one component of cross-host rules: the samples of all hosts that it needs, its
/// rules and alerts. On the stream thread that owns the component.
///
/// A tick T is evaluated once every partition of the metrics topic has come to T plus the grace,
/// and sees what the broker took in until then: the same records give the same results, in whatever
/// order partitions are read.
final class ComponentScoring {
  /// After a gap in which nothing was heard, no more ticks than these are made up for.
  private static final int MOST_TICKS_MISSED = 360;

  private static final RemoteWriteDecoder DECODER = new RemoteWriteDecoder(DecodeLimits.DEFAULT);

  private final String key;
  private final FleetSettings settings;
  private final ComponentStore store;
  private final Watermark watermark = new Watermark();
  private final Arrivals arrivals = new Arrivals();
  private final HostPresence presence;
  private Active active;
  private Component component;
  private HostRules rules;
  private HostRounds rounds;
  private final Map<String, AlertFeed> feeds = new HashMap<>();
  private List<AlertInstance> dropped = List.of();
  private long lastTick = Long.MIN_VALUE;

  /// Hears what a tick yields.
  interface Output {
    void alert(String group, AlertMessage message);

    /// @param body a remote-write 2.0 request
    void result(String instance, byte[] body, long tick);

    void forgotten(String instance);

    void ticked();
  }

  ComponentScoring(String key, Active active, Component component, ComponentStore store) {
    this.key = key;
    this.settings = active.fleet().settings();
    this.store = store;
    this.presence = new HostPresence(settings);
    this.active = active;
    this.component = component;
    this.rules = new HostRules(component.rules(), "all hosts, " + key);
    this.rounds = new HostRounds(rules, active.board());
  }

  /// Goes over to another plan and keeps what both have in common.
  void follow(Active other, Component next) {
    rounds.close();
    List<AlertInstance> before = rules.alerts();
    active = other;
    component = next;
    rules = rules.under(next.rules());
    List<AlertInstance> kept = rules.alerts();
    drop(before.stream().filter(alert -> !kept.contains(alert)).toList());
    rounds = new HostRounds(rules, other.board());
    feeds.clear();
  }

  boolean follows(Active other) {
    return active.equals(other);
  }

  private void drop(List<AlertInstance> alerts) {
    List<AlertInstance> all = new ArrayList<>(dropped);
    all.addAll(alerts);
    dropped = List.copyOf(all);
  }

  /// Takes a record in and evaluates every tick that is now complete.
  ///
  /// @param appendedAt when the broker took in this record of the topic between the stages, in ms
  void take(FleetRecord record, byte[] bytes, long appendedAt, Output output) {
    long at =
        switch (record) {
          case FleetRecord.Samples samples -> {
            long heard = watermark.heard(samples.partition(), samples.appendedAt());
            arrivals.add(new Arrival(heard, store.put(bytes, heard), samples));
            yield heard;
          }
          case FleetRecord.Mark(int partition, long markedAt) ->
              watermark.heard(partition, markedAt);
          case FleetRecord.Silent(int partition) -> watermark.heard(partition, appendedAt);
        };
    boolean isFirst = lastTick == Long.MIN_VALUE;
    if (isFirst) {
      lastTick = settings.tickBefore(at);
    }
    advance(output);
    if (isFirst || !(record instanceof FleetRecord.Samples)) {
      store.put(lastTick, watermark);
    }
  }

  private void advance(Output output) {
    long interval = settings.interval().toMillis();
    long complete = settings.tickBefore(watermark.time() - settings.grace().toMillis());
    long first = Math.max(lastTick + interval, complete - MOST_TICKS_MISSED * interval);
    for (long tick = first; tick <= complete; tick += interval) {
      evaluate(tick, output);
      lastTick = tick;
    }
    if (first <= complete) {
      store.deleteBefore(complete - keptMillis());
      store.put(new ComponentCondition(rules.alerts(), presence.silent(complete)));
      store.put(lastTick, watermark);
      rounds.tell(rules.alerts());
    }
  }

  /// How long records are needed to make the component again.
  private long keptMillis() {
    return component.groups().age().toMillis()
        + settings.silentAfter().toMillis()
        + settings.lateMillis();
  }

  private void evaluate(long tick, Output output) {
    arrivals.upTo(tick + settings.grace().toMillis()).forEach(this::append);
    tellPresence(tick);
    for (String instance : presence.forget(tick)) {
      append(
          Labels.of(Labels.METRIC_NAME, Placements.HOST_UP, Labels.INSTANCE, instance),
          tick,
          StaleMarker.VALUE);
      output.forgotten(instance);
    }
    TickResults results = new TickResults(rules, presence);
    rules.listen(results);
    AlertFeed.Circumstances circumstances =
        new AlertFeed.Circumstances(
            Instant.ofEpochMilli(tick), Instant.ofEpochMilli(tick), null, List.of());
    tellDropped(circumstances, output);
    for (RuleGroup group : component.groups().groups()) {
      if (group.isDue(lastTick, tick)) {
        RoundResult round = rounds.evaluate(group, tick, tick);
        active.board().group(group).evaluatedAcross(tick);
        feed(group.name())
            .messages(group, round, rules.alerts(), circumstances)
            .forEach(message -> output.alert(group.name(), message));
      }
    }
    rules.listen(null);
    output.ticked();
    store.put(new Round(tick, results.all()));
    results
        .byHost()
        .forEach((instance, bodies) -> bodies.forEach(body -> output.result(instance, body, tick)));
  }

  private AlertFeed feed(String group) {
    return feeds.computeIfAbsent(
        group, name -> new AlertFeed(AlertMessage.ofGroup(name), active.plan()));
  }

  private void tellDropped(AlertFeed.Circumstances circumstances, Output output) {
    for (AlertInstance alert : dropped) {
      feed(alert.group())
          .dropped(List.of(alert), circumstances)
          .forEach(message -> output.alert(alert.group(), message));
    }
    dropped = List.of();
  }

  private void tellPresence(long tick) {
    if (component.readsPresence()) {
      presence.tell(
          tick,
          (instance, isUp) ->
              append(
                  Labels.of(Labels.METRIC_NAME, Placements.HOST_UP, Labels.INSTANCE, instance),
                  tick,
                  isUp ? 1 : 0));
    }
  }

  private void append(Arrival arrival) {
    presence.heard(arrival.samples().instance(), arrival.at());
    arrival.samples().bodies().forEach(this::append);
  }

  private void append(byte[] body) {
    if (DECODER.decode(body, Version.V2) instanceof Decoded.Accepted(var request)) {
      for (TimeSeries series : request.series()) {
        int slot = rules.slot(series.labels());
        for (int i = 0; i < series.size(); i++) {
          rules.append(slot, series.timeMillis(i), series.value(i));
        }
      }
    }
  }

  private void append(Labels labels, long timeMillis, double value) {
    rules.append(rules.slot(labels), timeMillis, value);
  }

  /// Rebuilds what a former owner had. To be called once, before the first record.
  void restore() {
    store
        .condition()
        .ifPresent(condition -> {
          condition.silent().forEach(presence::heard);
          rules.restoreAlerts(condition.alerts());
        });
    store.records((number, samples) -> {
      long at = watermark.heard(samples.partition(), samples.appendedAt());
      arrivals.add(new Arrival(at, number, samples));
      return at;
    });
    replay(store.rounds());
    store
        .clock()
        .ifPresent(clock -> {
          lastTick = clock.lastTick();
          clock.partitions().forEach(watermark::heard);
        });
    List<AlertInstance> known = store.alerts();
    rules.restoreAlerts(known);
    List<AlertInstance> kept = rules.alerts();
    drop(known.stream().filter(alert -> !kept.contains(alert)).toList());
    rounds.tell(kept);
  }

  /// Takes results from what was stored. Only its last round is evaluated again for each group, so
  /// that its rules know what they recorded.
  private void replay(List<Round> all) {
    IdentityHashMap<RuleGroup, Long> lastOf = new IdentityHashMap<>();
    long before = Long.MIN_VALUE;
    for (Round round : all) {
      for (RuleGroup group : component.groups().groups()) {
        if (group.isDue(before, round.tick())) {
          lastOf.put(group, round.tick());
        }
      }
      before = round.tick();
    }
    for (Round round : all) {
      arrivals.upTo(round.tick() + settings.grace().toMillis()).forEach(this::append);
      tellPresence(round.tick());
      round.bodies().forEach(this::append);
      for (RuleGroup group : component.groups().groups()) {
        if (lastOf.getOrDefault(group, Long.MIN_VALUE) == round.tick()) {
          rules.evaluate(group, round.tick());
        }
      }
    }
  }

  /// Ends the component because its rules are no longer in force.
  void end(Output output) {
    drop(rules.alerts());
    long now = lastTick == Long.MIN_VALUE ? 0 : lastTick;
    tellDropped(
        new AlertFeed.Circumstances(
            Instant.ofEpochMilli(now), Instant.ofEpochMilli(now), null, List.of()),
        output);
    store.deleteAll();
    close();
  }

  String key() {
    return key;
  }

  /// Takes back what was told to the board, since the component has another owner now.
  void close() {
    rounds.close();
    component.groups().groups().forEach(group -> active.board().group(group).wentAcross());
  }

  /// What one tick's rules record, as it is recorded.
  private static final class TickResults implements SampleListener {
    private final HostRules rules;
    private final HostPresence presence;
    private final SampleBatch all = new SampleBatch();
    private final Map<String, SampleBatch> byHost = new TreeMap<>();

    TickResults(HostRules rules, HostPresence presence) {
      this.rules = rules;
      this.presence = presence;
    }

    @Override
    public void stored(int slot, long timeMillis, double value) {
      Labels labels = rules.labels(slot);
      all.add(labels, timeMillis, value);
      String instance = labels.value(Labels.INSTANCE);
      if (presence.knows(instance) && !labels.metricName().startsWith("ALERTS")) {
        byHost.computeIfAbsent(instance, _ -> new SampleBatch()).add(labels, timeMillis, value);
      }
    }

    List<byte[]> all() {
      return all.drain();
    }

    Map<String, List<byte[]>> byHost() {
      Map<String, List<byte[]>> bodies = new TreeMap<>();
      byHost.forEach((instance, batch) -> bodies.put(instance, batch.drain()));
      return bodies;
    }
  }
}
