package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.service.fleet.HostForward;
import io.fleetward.service.fleet.PeerPlan;
import io.fleetward.service.fleet.PeerRecord;
import io.fleetward.service.scoring.HostCondition.Episode;
import io.fleetward.service.scoring.HostStore.Kind;
import io.fleetward.service.scoring.PlanInForce.Active;
import io.fleetward.service.scoring.ScoringMetrics.HostGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The live state of one host: its samples and alerts in [HostRules], its models, and the way they
/// are kept in the store. On the stream thread that owns the host.
///
/// A tick's time is that of the scrape itself, so that the same records give the same results
/// whenever they are read; only what concerns the outside (evidence, episodes) carries the broker's
/// time.
final class HostScoring {
  private static final long CONDITION = 0;

  private final HostStore store;
  private final RemoteWriteDecoder decoder;
  private final HostLayouts layouts = new HostLayouts();
  private final HostJournal journal;
  private final PendingScrapes pending;
  private final HostForecaster forecaster;
  private final ModelsAtWork models;
  private Active active;
  private HostRules rules;
  private HostRounds rounds;
  private AlertFeed feed;
  private long lastTick;
  private @Nullable HostCondition stored;

  /// Alerts of rules that are no longer in force; told with the next evaluation.
  private List<AlertInstance> dropped = List.of();

  private List<FeatureRow> rows = List.of();
  private int series;
  private long aheadMillis;
  private HostForward forward;
  private long toldPeers = Long.MIN_VALUE;

  HostScoring(
      Active active,
      String instance,
      HostStore store,
      RemoteWriteDecoder decoder,
      Fitting fitting,
      ClassMembership membership,
      Duration grace) {
    this.active = active;
    this.store = store;
    this.decoder = decoder;
    this.journal = new HostJournal(store, instance);
    this.pending = new PendingScrapes(store, grace.toMillis());
    this.rules = journal.restoredRules(active.plan().rulePlan());
    this.lastTick = journal.restoredTick();
    this.rounds = new HostRounds(rules, active.board());
    this.feed = new AlertFeed(instance, active.plan());
    this.forecaster = new HostForecaster(store, rules);
    this.models = new ModelsAtWork(store, fitting, membership, rules);
    models.follow(active.plan().models(), rules);
    this.forward = forwarding();
  }

  private HostForward forwarding() {
    return new HostForward(
        active.fleet().forward(), rules, active.fleet().settings().interval().toMillis());
  }

  /// Goes over to another plan, if it is another, and keeps what both have in common.
  void follow(Active other) {
    if (other.equals(active)) {
      return;
    }
    rounds.close();
    List<AlertInstance> before = rules.alerts();
    active = other;
    rules = rules.under(other.plan().rulePlan());
    drop(without(before, rules.alerts()));
    rounds = new HostRounds(rules, other.board());
    feed = new AlertFeed(rules.instance(), other.plan());
    forecaster.follow(rules);
    models.follow(other.plan().models(), rules);
    forward = forwarding();
    forward.begin();
  }

  boolean follows(Active other) {
    return active.equals(other);
  }

  /// Reads a body without its labels; empty if it comes in a layout that is not known.
  ///
  /// @param table is used for the answer
  Optional<Samples> readKnown(byte[] body, Version version, SampleTable table) {
    return layouts.read(body, version, rules, table);
  }

  private void drop(List<AlertInstance> alerts) {
    List<AlertInstance> all = new ArrayList<>(dropped);
    all.addAll(alerts);
    dropped = List.copyOf(all);
  }

  private static List<AlertInstance> without(
      List<AlertInstance> alerts, List<AlertInstance> others) {
    return alerts.stream().filter(alert -> !others.contains(alert)).toList();
  }

  /// Takes what may be a part of a scrape, which [#acceptDue] takes when it is due.
  ///
  /// @param appendedAt the broker's time in ms
  void offer(WriteRequest request, byte[] body, Version version, long appendedAt) {
    for (Scrape late : pending.add(request, body, version, appendedAt, lastTick)) {
      accept(late, appendedAt, new SampleTable());
    }
  }

  /// Takes the oldest scrape of those that came in parts, if it is due.
  ///
  /// @param now the broker's time in ms
  /// @param table is used to read it
  /// @return what is to be told of the host's alerts; empty if no scrape is due
  Optional<List<AlertMessage>> acceptDue(long now, SampleTable table) {
    Optional<List<AlertMessage>> messages =
        pending.takeDue(now).map(due -> accept(due.scrape(), due.at(), table));
    if (messages.isPresent()) {
      pending.forgetUntil(lastTick);
    }
    return messages;
  }

  /// Whether some scrape is not due yet.
  boolean waits() {
    return !pending.isEmpty();
  }

  private List<AlertMessage> accept(Scrape scrape, long at, SampleTable table) {
    byte[] body = new RemoteWriteEncoder().encode(scrape);
    Samples samples =
        readKnown(body, Version.V2, table)
            .or(() -> decode(body))
            .orElseThrow(() -> new IllegalStateException("own record cannot be read"));
    return accept(samples, body, Version.V2, at);
  }

  private Optional<Samples> decode(byte[] body) {
    return decoder.decode(body, Version.V2) instanceof Decoded.Accepted(var request)
        ? Optional.of(new Samples.Labelled(request))
        : Optional.empty();
  }

  /// Takes a record: appends its samples, and if it is newer than what came before, evaluates.
  ///
  /// @param body the record as it came, for the store
  /// @param appendedAt the broker's time in ms
  /// @return what is to be told of the host's alerts
  List<AlertMessage> accept(Samples samples, byte[] body, Version version, long appendedAt) {
    long tick = append(samples, body, version);
    if (tick <= lastTick) {
      // the rest of a scrape that came in parts, or one that comes late or again
      journal.keep(tick, version, samples, body, new long[0], List.of());
      journal.snapshotIfDue(rules, lastTick);
      rows = List.of();
      return List.of();
    }
    aheadMillis = tick - appendedAt;
    for (RuleGroup group : active.plan().featureGroups()) {
      if (group.isDue(lastTick, tick)) {
        rounds.evaluate(group, tick, appendedAt);
      }
    }
    forecaster.observe(tick);
    List<Verdict> verdicts = models.assess(tick, appendedAt);
    rows = models.rows(tick);
    journal.keep(tick, version, samples, body, models.identities(), verdicts);
    List<AlertMessage> messages = alert(tick, appendedAt);
    rememberCondition();
    lastTick = tick;
    journal.snapshotIfDue(rules, lastTick);
    return messages;
  }

  /// What the second stage needs of the record accepted last.
  ///
  /// @param appendedAt the broker's time of that record in ms
  List<HostForward.Outgoing> outgoing(long appendedAt) {
    return forward.drain(appendedAt);
  }

  /// What the host's class is compared by, once in each of its cells.
  ///
  /// @param partition of the metrics topic
  /// @param appendedAt the broker's time of the record accepted last in ms
  Optional<PeerRecord> peerRecord(int partition, long appendedAt) {
    PeerPlan peers = active.fleet().peers();
    long cell = Math.floorDiv(appendedAt, PeerPlan.cellMillis(active.fleet().settings()));
    if (peers == null || cell == toldPeers) {
      return Optional.empty();
    }
    toldPeers = cell;
    double[] values =
        peers.series(rules.instance()).stream()
            .mapToDouble(series -> rules.newest(series, lastTick))
            .toArray();
    return Optional.of(
        new PeerRecord(
            partition, appendedAt, peers.identity(), rules.instance(), models.highest(), values));
  }

  /// The host's firing alerts as dropped, since nobody will look any more whether they last.
  List<AlertMessage> dropAll() {
    drop(rules.alerts());
    return feed.dropped(dropped, circumstances(lastTick, lastTick));
  }

  /// Takes what rules across hosts recorded as series of this host: visible from its next tick on.
  ///
  /// @param body the request as it came, for the store
  void take(WriteRequest results, byte[] body) {
    if (!isKnown()) {
      return;
    }
    Samples.Labelled samples = new Samples.Labelled(results);
    forward.pause();
    samples.appendTo(rules);
    forward.begin();
    journal.keep(lastTick, Version.V2, samples, body, new long[0], List.of());
    journal.snapshotIfDue(rules, lastTick);
  }

  /// Whether anything was ever heard of this host itself.
  boolean isKnown() {
    return lastTick != Long.MIN_VALUE;
  }

  /// What models saw in the record accepted last, for training.
  List<FeatureRow> rows() {
    return rows;
  }

  /// Appends every sample and returns the time of the newest.
  private long append(Samples samples, byte[] body, Version version) {
    series = samples.series();
    switch (samples) {
      case Samples.Slotted(SampleTable table, int[] slots) -> {
        for (int i = 0; i < table.size(); i++) {
          rules.append(slots[table.series(i)], table.timeMillis(i), table.value(i));
        }
      }
      case Samples.Labelled labelled -> {
        WriteRequest request = labelled.request();
        int[] slots = labelled.appendTo(rules);
        decoder
            .layout(body, version, request)
            .ifPresentOrElse(
                layout -> {
                  layouts.learn(layout, slots, rules);
                  journal.remember(request, slots);
                },
                journal::forget);
      }
    }
    return samples.newestMillis();
  }

  private List<AlertMessage> alert(long tick, long appendedAt) {
    List<AlertMessage> messages = new ArrayList<>();
    AlertFeed.Circumstances circumstances = circumstances(tick, appendedAt);
    messages.addAll(feed.dropped(dropped, circumstances));
    dropped = List.of();
    for (RuleGroup group : active.plan().alertGroups()) {
      if (group.isDue(lastTick, tick)) {
        RoundResult round = rounds.evaluate(group, tick, appendedAt);
        messages.addAll(feed.messages(group, round, rules.alerts(), circumstances));
      }
    }
    return messages;
  }

  private AlertFeed.Circumstances circumstances(long tick, long appendedAt) {
    ModelsAtWork.Anomaly anomaly = models.anomaly();
    return new AlertFeed.Circumstances(
        Instant.ofEpochMilli(appendedAt),
        Instant.ofEpochMilli(tick),
        anomaly.since(),
        anomaly.contributions(),
        anomaly.fault());
  }

  /// Stores alerts and episodes when something other than an alert's value changed.
  private void rememberCondition() {
    List<AlertInstance> alerts = rules.alerts();
    List<Episode> episodes = models.episodes();
    rounds.tell(alerts);
    HostCondition condition = new HostCondition(alerts, episodes, models.strongest());
    HostCondition steady = condition.steady();
    if (!steady.equals(stored)) {
      store.put(Kind.CONDITION, CONDITION, MessageCodec.encode(condition));
      stored = steady;
    }
  }

  /// Rebuilds what a former owner had: samples and features from the snapshot and the records
  /// since, the rest from its own entries. To be called once, before the first record.
  void restore() {
    forecaster.restore();
    lastTick =
        new HostReplay(journal, decoder, rules, active.plan(), forecaster, models).run(lastTick);
    forecaster.caughtUp();
    pending.restore(decoder, lastTick);
    store.get(Kind.CONDITION, CONDITION).ifPresent(this::restoreCondition);
    forward.begin();
  }

  private void restoreCondition(byte[] bytes) {
    if (MessageCodec.decode(bytes, HostCondition.class) instanceof Message(var condition)) {
      rules.restoreAlerts(condition.alerts());
      drop(without(condition.alerts(), rules.alerts()));
      models.restore(condition);
    }
  }

  /// What is known of the host now.
  HostGauge gauge() {
    return new HostGauge(
        models.names(true), models.names(false), series, models.highest(), aheadMillis / 1e3);
  }

  /// Takes back what was told to the board, since the host has another owner now.
  void close() {
    rounds.close();
  }
}
