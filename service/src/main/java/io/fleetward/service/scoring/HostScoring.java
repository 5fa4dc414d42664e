package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.TimeSeries;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final HostForecaster forecaster;
  private final ModelsAtWork models;
  private Active active;
  private HostRules rules;
  private HostRounds rounds;
  private AlertFeed feed;
  private long next;

  /// The ticks of the scrapes in the store, oldest first.
  private final ArrayDeque<Long> keptTicks = new ArrayDeque<>();

  private long lastTick = Long.MIN_VALUE;
  private @Nullable HostCondition stored;

  /// Alerts of rules that are no longer in force; told with the next evaluation.
  private List<AlertInstance> dropped = List.of();

  private List<FeatureRow> rows = List.of();
  private HostForward forward;
  private long toldPeers = Long.MIN_VALUE;

  HostScoring(
      Active active,
      String instance,
      HostStore store,
      RemoteWriteDecoder decoder,
      Fitting fitting,
      ClassMembership membership) {
    this.active = active;
    this.store = store;
    this.decoder = decoder;
    this.rules = new HostRules(active.plan().rulePlan(), instance);
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

  /// Takes a record: appends its samples, and if it is newer than what came before, evaluates.
  ///
  /// @param body the record as it came, for the store
  /// @param appendedAt the broker's time in ms
  /// @return what is to be told of the host's alerts
  List<AlertMessage> accept(Samples samples, byte[] body, Version version, long appendedAt) {
    long tick = append(samples, body, version);
    if (tick <= lastTick) {
      // the rest of a scrape that came in parts, or one that comes late or again
      keep(StoredScrape.unscored(tick, version, body));
      rows = List.of();
      return List.of();
    }
    for (RuleGroup group : active.plan().featureGroups()) {
      if (group.isDue(lastTick, tick)) {
        rounds.evaluate(group, tick, appendedAt);
      }
    }
    forecaster.observe(tick);
    List<Verdict> verdicts = models.assess(tick, appendedAt);
    rows = models.rows(tick);
    keep(new StoredScrape(tick, version, models.identities(), verdicts, body));
    List<AlertMessage> messages = alert(tick, appendedAt);
    rememberCondition();
    lastTick = tick;
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
    forward.pause();
    append(results);
    forward.begin();
    keep(StoredScrape.unscored(lastTick, Version.V2, body));
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
    switch (samples) {
      case Samples.Slotted(SampleTable table, int[] slots) -> {
        for (int i = 0; i < table.size(); i++) {
          rules.append(slots[table.series(i)], table.timeMillis(i), table.value(i));
        }
      }
      case Samples.Labelled(WriteRequest request) -> {
        int[] slots = append(request);
        decoder
            .layout(body, version, request)
            .ifPresent(layout -> layouts.learn(layout, slots, rules));
      }
    }
    return samples.newestMillis();
  }

  private int[] append(WriteRequest request) {
    int[] slots = new int[request.series().size()];
    for (int number = 0; number < slots.length; number++) {
      TimeSeries series = request.series().get(number);
      Labels labels = series.labels();
      slots[number] =
          rules.slot(
              labels.has(Labels.INSTANCE)
                  ? labels
                  : labels.with(Labels.INSTANCE, rules.instance()));
      for (int i = 0; i < series.size(); i++) {
        rules.append(slots[number], series.timeMillis(i), series.value(i));
      }
    }
    return slots;
  }

  private void keep(StoredScrape scrape) {
    store.put(Kind.SCRAPE, next, scrape.toBytes());
    next++;
    keptTicks.addLast(scrape.tick());
    while (keptTicks.getFirst() < scrape.tick() - active.plan().rules().retention().toMillis()) {
      keptTicks.removeFirst();
      store.delete(Kind.SCRAPE, next - 1 - keptTicks.size());
    }
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
    HostCondition steady =
        new HostCondition(
            alerts.stream().map(HostScoring::withoutValue).toList(), episodes, models.strongest());
    if (!steady.equals(stored)) {
      store.put(
          Kind.CONDITION,
          CONDITION,
          MessageCodec.encode(new HostCondition(alerts, episodes, models.strongest())));
      stored = steady;
    }
  }

  static AlertInstance withoutValue(AlertInstance alert) {
    return new AlertInstance(
        alert.key(),
        alert.group(),
        alert.rule(),
        alert.labels(),
        Map.of(),
        alert.state(),
        0,
        alert.activeAt(),
        alert.firedAt(),
        alert.resolvedAt(),
        alert.keepFiringSince());
  }

  /// Rebuilds what a former owner had: samples and features from the stored scrapes, the rest from
  /// its own entries. To be called once, before the first record.
  ///
  /// @param table to read with
  void restore(SampleTable table) {
    forecaster.restore();
    store.forEach(
        Kind.SCRAPE,
        0,
        Long.MAX_VALUE,
        (number, bytes) -> {
          next = number + 1;
          Optional<StoredScrape> scrape = StoredScrape.fromBytes(bytes);
          // one of another format holds its place until it is as old as the next one
          keptTicks.addLast(
              scrape.map(StoredScrape::tick).orElse(keptTicks.isEmpty() ? 0 : keptTicks.getLast()));
          scrape.ifPresent(one -> replay(one, table));
        });
    forecaster.caughtUp();
    store.get(Kind.CONDITION, CONDITION).ifPresent(this::restoreCondition);
    forward.begin();
  }

  private void replay(StoredScrape scrape, SampleTable table) {
    Optional<Samples> samples =
        readKnown(scrape.body(), scrape.version(), table).or(() -> decode(scrape));
    if (samples.isPresent()) {
      append(samples.get(), scrape.body(), scrape.version());
      if (scrape.tick() > lastTick) {
        // Groups that alert may record as well. What they alert now is replaced by what was stored.
        replay(active.plan().featureGroups(), scrape.tick());
        forecaster.replay(scrape.tick());
        models.replay(scrape);
        replay(active.plan().alertGroups(), scrape.tick());
        lastTick = scrape.tick();
      }
    }
  }

  private Optional<Samples> decode(StoredScrape scrape) {
    return decoder.decode(scrape.body(), scrape.version()) instanceof Decoded.Accepted(var request)
        ? Optional.of(new Samples.Labelled(request))
        : Optional.empty();
  }

  private void replay(List<RuleGroup> groups, long tick) {
    for (RuleGroup group : groups) {
      if (group.isDue(lastTick, tick)) {
        rules.evaluate(group, tick);
      }
    }
  }

  private void restoreCondition(byte[] bytes) {
    if (MessageCodec.decode(bytes, HostCondition.class) instanceof Message(var condition)) {
      rules.restoreAlerts(condition.alerts());
      drop(without(condition.alerts(), rules.alerts()));
      models.restore(condition);
    }
  }

  /// The names of the host's models that score, or of those that still only learn.
  List<String> models(boolean trained) {
    return models.names(trained);
  }

  /// The highest score of the newest evaluation, NaN if none is determined.
  double score() {
    return models.highest();
  }

  /// Takes back what was told to the board, since the host has another owner now.
  void close() {
    rounds.close();
  }
}
