package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.service.scoring.HostCondition.Episode;
import io.fleetward.service.scoring.HostCondition.Strongest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One host's detectors, in the order of the models in force. On the stream thread.
final class ModelsAtWork {
  private final HostStore store;
  private final Fitting fitting;
  private final ClassMembership membership;
  private HostRules rules;
  private List<HostDetector> detectors = List.of();

  /// What models write, by name; also what those wrote that are no longer in force, until it has
  /// ended.
  private final Map<String, WrittenSeries> written = new HashMap<>();

  /// What tells kinds of faults, and those that no longer do, until their series have ended.
  private @Nullable FaultWatch faults;

  private List<FaultWatch> formerFaults = List.of();

  private Set<String> writtenNow = Set.of();
  private double highest = Double.NaN;

  ModelsAtWork(HostStore store, Fitting fitting, ClassMembership membership, HostRules rules) {
    this.store = store;
    this.fitting = fitting;
    this.membership = membership;
    this.rules = rules;
  }

  /// Puts models in force. A detector whose model did not change goes on; another takes back what
  /// was stored of a model with its name, detector and features.
  void follow(List<ModelSpecification> models, HostRules others) {
    rules = others;
    List<HostDetector> now = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ModelSpecification model : models) {
      Optional<HostDetector> known =
          detectors.stream().filter(detector -> detector.specification().equals(model)).findFirst();
      now.add(known.orElseGet(() -> begin(model)));
      names.addAll(model.written());
    }
    now.forEach(detector -> detector.follow(rules));
    detectors = List.copyOf(now);
    writtenNow = Set.copyOf(names);
    watch(teller().flatMap(detector -> kindsOf(detector.specification())));
  }

  /// @param series the metric name of the series that tell kinds; empty if none does
  private void watch(Optional<String> series) {
    FaultWatch before = faults;
    if (before != null && series.equals(Optional.of(before.series()))) {
      return;
    }
    formerFaults = before == null ? formerFaults : List.of(before);
    faults = series.map(name -> new FaultWatch(name, membership.faults(), store)).orElse(null);
  }

  private static Optional<String> kindsOf(ModelSpecification model) {
    return switch (model) {
      case ModelSpecification.KMeans _ -> Optional.empty();
      case ModelSpecification.Ensemble ensemble -> Optional.ofNullable(ensemble.kinds());
    };
  }

  /// The detector that tells kinds; there is at most one.
  private Optional<HostDetector> teller() {
    return detectors.stream()
        .filter(detector -> kindsOf(detector.specification()).isPresent())
        .findFirst();
  }

  private HostDetector begin(ModelSpecification model) {
    HostDetector detector =
        new HostDetector(model, rules, store, fitting, membership.start(), this::series);
    detector.restore();
    episodes().stream()
        .filter(episode -> episode.model().equals(model.name()))
        .forEach(detector::restore);
    return detector;
  }

  private WrittenSeries series(String name) {
    return written.computeIfAbsent(name, _ -> new WrittenSeries(name, rules.instance()));
  }

  /// Assesses the host at a tick.
  ///
  /// @param appendedAt the broker's time in ms
  /// @return what the models say, in the order of [#identities]
  List<Verdict> assess(long tick, long appendedAt) {
    endWhatIsNoLongerWritten(tick);
    List<Verdict> verdicts = new ArrayList<>(detectors.size());
    highest = Double.NaN;
    for (HostDetector detector : detectors) {
      Verdict verdict = detector.assess(tick, appendedAt);
      verdicts.add(verdict);
      highest = !verdict.isKnown() || verdict.score() < highest ? highest : verdict.score();
    }
    tellKinds(tick);
    return verdicts;
  }

  private void tellKinds(long tick) {
    formerFaults.forEach(former -> former.end(rules, tick));
    formerFaults = List.of();
    FaultWatch watch = faults;
    if (watch != null) {
      boolean anomalous = detectors.stream().anyMatch(detector -> detector.episode().isOpen());
      teller().ifPresent(detector -> watch.look(tick, anomalous, detector));
      watch.tell(rules, tick);
    }
  }

  /// What was assessed last, for training; empty for most hosts.
  List<FeatureRow> rows(long tick) {
    if (!membership.isLearnt().test(rules.instance())) {
      return List.of();
    }
    String hostClass = membership.start().classOf().apply(rules.instance());
    return detectors.stream().flatMap(detector -> detector.row(tick, hostClass).stream()).toList();
  }

  private void endWhatIsNoLongerWritten(long tick) {
    if (written.size() == writtenNow.size()) {
      return;
    }
    written.forEach((name, series) -> {
      if (!writtenNow.contains(name)) {
        series.append(rules, tick, Double.NaN);
      }
    });
    written.keySet().retainAll(writtenNow);
  }

  long[] identities() {
    return detectors.stream().mapToLong(HostDetector::identity).toArray();
  }

  /// Appends what was said about a stored scrape.
  void replay(StoredScrape scrape) {
    detectors.forEach(
        detector -> detector.append(scrape.tick(), scrape.verdictOf(detector.identity())));
    FaultWatch watch = faults;
    if (watch != null) {
      watch.replay(rules, scrape.tick());
    }
  }

  /// What makes the host anomalous, by the model that found it first.
  ///
  /// @param since null if it is not
  /// @param fault null if it is not, or no model tells kinds
  record Anomaly(
      @Nullable Instant since, List<Contribution> contributions, @Nullable FaultSigns fault) {}

  Anomaly anomaly() {
    FaultWatch watch = faults;
    FaultSigns fault = watch == null ? null : watch.signs();
    return detectors.stream()
        .filter(detector -> detector.episode().isOpen())
        .min(Comparator.comparingLong(detector -> detector.episode().since()))
        .map(detector ->
            new Anomaly(
                Instant.ofEpochMilli(detector.episode().since()), detector.contributions(), fault))
        .orElseGet(() -> new Anomaly(null, List.of(), null));
  }

  List<Episode> episodes() {
    return detectors.stream().map(HostDetector::episode).toList();
  }

  /// The strongest instant of the present anomaly; null while there is none.
  @Nullable Strongest strongest() {
    FaultWatch watch = faults;
    return watch == null ? null : watch.strongest();
  }

  void restore(HostCondition stored) {
    FaultWatch watch = faults;
    if (watch != null) {
      watch.restore(stored.strongest());
    }
    for (HostDetector detector : detectors) {
      stored.episodes().stream()
          .filter(episode -> episode.model().equals(detector.episode().model()))
          .forEach(detector::restore);
    }
  }

  /// The names of the models that score, or of those that still only learn.
  List<String> names(boolean trained) {
    return detectors.stream()
        .filter(detector -> detector.isTrained() == trained)
        .map(detector -> detector.specification().name())
        .toList();
  }

  /// The highest score of the newest assessment, NaN if none is determined.
  double highest() {
    return highest;
  }
}
