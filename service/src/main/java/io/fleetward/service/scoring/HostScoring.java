package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.AlertInstance;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RoundResult;
import io.fleetward.rules.engine.RuleFailure;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.service.scoring.HostCondition.Episode;
import io.fleetward.service.scoring.HostStore.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final ScoringPlan plan;
  private final HostRules rules;
  private final HostStore store;
  private final List<HostDetector> detectors;
  private final AlertFeed feed;
  private final long retentionMillis;
  private long next;

  /// The ticks of the scrapes in the store, oldest first.
  private final ArrayDeque<Long> keptTicks = new ArrayDeque<>();

  private long lastTick = Long.MIN_VALUE;
  private double score = Double.NaN;
  private @Nullable HostCondition stored;

  HostScoring(ScoringPlan plan, String instance, HostStore store, Fitting fitting) {
    this.plan = plan;
    this.rules = new HostRules(plan.rulePlan(), instance);
    this.store = store;
    this.feed = new AlertFeed(instance, plan.rules(), plan.refresh());
    this.retentionMillis = plan.rules().retention().toMillis();
    List<HostDetector> all = new ArrayList<>();
    for (ModelSpecification model : plan.models()) {
      all.add(new HostDetector(model, rules, store, fitting));
    }
    this.detectors = List.copyOf(all);
  }

  /// What one record gave.
  ///
  /// @param failures rules that could not be evaluated this time
  record Scored(List<AlertMessage> alerts, List<RuleFailure> failures) {
    static final Scored NOTHING = new Scored(List.of(), List.of());
  }

  /// Takes a record: appends its samples, and if it is newer than what came before, evaluates.
  ///
  /// @param body the record as it came, for the store
  /// @param appendedAt the broker's time in ms
  Scored accept(WriteRequest request, byte[] body, Version version, long appendedAt) {
    long tick = append(request);
    if (tick <= lastTick) {
      // the rest of a scrape that came in parts, or one that comes late or again
      keep(new StoredScrape(tick, version, new double[0], body));
      return Scored.NOTHING;
    }
    List<RuleFailure> failures = new ArrayList<>();
    for (RuleGroup group : plan.featureGroups()) {
      if (group.isDue(lastTick, tick)) {
        failures.addAll(rules.evaluate(group, tick).failures());
      }
    }
    double[] scores = new double[detectors.size()];
    score = Double.NaN;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detectors.get(i).assess(tick, appendedAt);
      score = Double.isNaN(scores[i]) || scores[i] < score ? score : scores[i];
    }
    keep(new StoredScrape(tick, version, scores, body));
    List<AlertMessage> messages = alert(tick, appendedAt, failures);
    rememberCondition();
    lastTick = tick;
    return new Scored(messages, failures);
  }

  /// Appends every sample and returns the time of the newest.
  private long append(WriteRequest request) {
    long newest = Long.MIN_VALUE;
    for (TimeSeries series : request.series()) {
      Labels labels = series.labels();
      int slot =
          rules.slot(
              labels.has(Labels.INSTANCE)
                  ? labels
                  : labels.with(Labels.INSTANCE, rules.instance()));
      for (int i = 0; i < series.size(); i++) {
        rules.append(slot, series.timeMillis(i), series.value(i));
        newest = Math.max(newest, series.timeMillis(i));
      }
    }
    return newest;
  }

  private void keep(StoredScrape scrape) {
    store.put(Kind.SCRAPE, next, scrape.toBytes());
    next++;
    keptTicks.addLast(scrape.tick());
    while (keptTicks.getFirst() < scrape.tick() - retentionMillis) {
      keptTicks.removeFirst();
      store.delete(Kind.SCRAPE, next - 1 - keptTicks.size());
    }
  }

  private List<AlertMessage> alert(long tick, long appendedAt, List<RuleFailure> failures) {
    List<AlertMessage> messages = new ArrayList<>();
    AlertFeed.Circumstances circumstances = circumstances(tick, appendedAt);
    for (RuleGroup group : plan.alertGroups()) {
      if (group.isDue(lastTick, tick)) {
        RoundResult round = rules.evaluate(group, tick);
        failures.addAll(round.failures());
        messages.addAll(feed.messages(group, round.transitions(), rules.alerts(), circumstances));
      }
    }
    return messages;
  }

  private AlertFeed.Circumstances circumstances(long tick, long appendedAt) {
    Optional<HostDetector> anomalous =
        detectors.stream()
            .filter(detector -> detector.episode().isOpen())
            .min(Comparator.comparingLong(detector -> detector.episode().since()));
    Instant since =
        anomalous.map(detector -> Instant.ofEpochMilli(detector.episode().since())).orElse(null);
    List<Contribution> contributions = anomalous.map(HostDetector::contributions).orElse(List.of());
    return new AlertFeed.Circumstances(
        Instant.ofEpochMilli(appendedAt), Instant.ofEpochMilli(tick), since, contributions);
  }

  /// Stores alerts and episodes when something other than an alert's value changed.
  private void rememberCondition() {
    List<AlertInstance> alerts = rules.alerts();
    List<Episode> episodes = detectors.stream().map(HostDetector::episode).toList();
    HostCondition steady =
        new HostCondition(alerts.stream().map(HostScoring::withoutValue).toList(), episodes);
    if (!steady.equals(stored)) {
      store.put(
          Kind.CONDITION, CONDITION, MessageCodec.encode(new HostCondition(alerts, episodes)));
      stored = steady;
    }
  }

  private static AlertInstance withoutValue(AlertInstance alert) {
    return new AlertInstance(
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
  void restore(RemoteWriteDecoder decoder) {
    detectors.forEach(HostDetector::restore);
    store.forEach(
        Kind.SCRAPE,
        0,
        Long.MAX_VALUE,
        (number, bytes) -> {
          StoredScrape scrape = StoredScrape.fromBytes(bytes);
          next = number + 1;
          keptTicks.addLast(scrape.tick());
          replay(scrape, decoder);
        });
    store.get(Kind.CONDITION, CONDITION).ifPresent(this::restoreCondition);
  }

  private void replay(StoredScrape scrape, RemoteWriteDecoder decoder) {
    if (decoder.decode(scrape.body(), scrape.version()) instanceof Decoded.Accepted(var request)) {
      append(request);
      if (scrape.tick() > lastTick) {
        // Groups that alert may record as well. What they alert now is replaced by what was stored.
        replay(plan.featureGroups(), scrape.tick());
        for (int i = 0; i < detectors.size(); i++) {
          double known = i < scrape.scores().length ? scrape.scores()[i] : Double.NaN;
          detectors.get(i).append(scrape.tick(), known);
        }
        replay(plan.alertGroups(), scrape.tick());
        lastTick = scrape.tick();
      }
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
      for (HostDetector detector : detectors) {
        condition.episodes().stream()
            .filter(episode -> episode.model().equals(detector.episode().model()))
            .forEach(detector::restore);
      }
    }
  }

  /// Whether every model of the host has been trained.
  boolean isTrained() {
    return detectors.stream().allMatch(HostDetector::isTrained);
  }

  /// The highest score of the newest evaluation, NaN if none is determined.
  double score() {
    return score;
  }
}
