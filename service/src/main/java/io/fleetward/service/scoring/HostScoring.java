package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
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
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.service.scoring.HostCondition.Episode;
import io.fleetward.service.scoring.HostStore.Kind;
import io.fleetward.service.scoring.PlanInForce.Active;
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
      case Samples.Labelled(WriteRequest request) -> {
        int[] slots = append(request);
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

  private int[] append(WriteRequest request) {
    int[] slots = new int[request.series().size()];
    for (int number = 0; number < slots.length; number++) {
      TimeSeries series = request.series().get(number);
      slots[number] = slot(series);
      for (int i = 0; i < series.size(); i++) {
        rules.append(slots[number], series.timeMillis(i), series.value(i));
      }
    }
    return slots;
  }

  private int slot(TimeSeries series) {
    Labels labels = series.labels();
    return rules.slot(
        labels.has(Labels.INSTANCE) ? labels : labels.with(Labels.INSTANCE, rules.instance()));
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
        anomaly.contributions());
  }

  /// Stores alerts and episodes when something other than an alert's value changed.
  private void rememberCondition() {
    List<AlertInstance> alerts = rules.alerts();
    List<Episode> episodes = models.episodes();
    rounds.tell(alerts);
    HostCondition condition = new HostCondition(alerts, episodes);
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
    new Replay().run();
    forecaster.caughtUp();
    pending.restore(decoder, lastTick);
    store.get(Kind.CONDITION, CONDITION).ifPresent(this::restoreCondition);
  }

  /// Plays kept records again.
  private final class Replay {
    /// The labels and slots of the newest record that was kept whole.
    private WriteRequest whole = new WriteRequest(List.of(), 0);

    private int[] slots = {};
    private long slotsVersion;

    void run() {
      for (StoredScrape scrape : journal.records()) {
        switch (scrape.form()) {
          case WHOLE -> appendWhole(scrape);
          case CHANGES -> appendChanges(scrape);
        }
        if (scrape.tick() > lastTick) {
          evaluate(scrape);
        }
      }
      journal.forget();
    }

    private void appendWhole(StoredScrape scrape) {
      if (decoder.decode(scrape.body(), scrape.version())
          instanceof Decoded.Accepted(var request)) {
        whole = request;
        slots = append(request);
        slotsVersion = rules.slotsVersion();
        journal.remember(request, slots);
      } else {
        slots = new int[0];
        journal.forget();
      }
    }

    private void appendChanges(StoredScrape scrape) {
      if (slots.length == 0) {
        // the one before was kept by a version that read what this one does not
        return;
      }
      if (slotsVersion != rules.slotsVersion()) {
        slots = whole.series().stream().mapToInt(HostScoring.this::slot).toArray();
        slotsVersion = rules.slotsVersion();
      }
      try {
        long[] bits = journal.read(scrape);
        for (int i = 0; i < bits.length; i++) {
          rules.append(slots[i], scrape.tick(), Double.longBitsToDouble(bits[i]));
        }
      } catch (IndexOutOfBoundsException _) {
        // not made of the one before; the host goes on with the next whole one
        slots = new int[0];
        journal.forget();
      }
    }

    private void evaluate(StoredScrape scrape) {
      // Groups that alert may record as well. What they alert now is replaced by what was stored.
      replay(active.plan().featureGroups(), scrape.tick());
      forecaster.replay(scrape.tick());
      models.replay(scrape);
      replay(active.plan().alertGroups(), scrape.tick());
      lastTick = scrape.tick();
    }
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
      models.restore(condition.episodes());
    }
  }

  /// How many series its newest record had.
  int series() {
    return series;
  }

  /// How far its newest sample was ahead of the broker's clock.
  long aheadMillis() {
    return aheadMillis;
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
