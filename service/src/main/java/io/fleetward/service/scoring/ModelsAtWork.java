package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.service.scoring.HostCondition.Episode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One host's detectors, in the order of the models in force. On the stream thread.
final class ModelsAtWork {
  private final HostStore store;
  private final Fitting fitting;
  private List<HostDetector> detectors = List.of();

  /// Detectors of models that are no longer in force and whose score series has not ended yet.
  private List<HostDetector> retired = List.of();

  private double highest = Double.NaN;

  ModelsAtWork(HostStore store, Fitting fitting) {
    this.store = store;
    this.fitting = fitting;
  }

  /// Puts models in force. A detector whose model did not change goes on; another takes back what
  /// was stored of a model with its name and features.
  void follow(List<ModelSpecification> models, HostRules rules) {
    List<HostDetector> former = new ArrayList<>(detectors);
    List<HostDetector> now = new ArrayList<>();
    for (ModelSpecification model : models) {
      Optional<HostDetector> known =
          former.stream().filter(detector -> detector.specification().equals(model)).findFirst();
      known.ifPresent(former::remove);
      now.add(known.orElseGet(() -> begin(model, rules)));
    }
    now.forEach(detector -> detector.follow(rules));
    former.removeIf(detector ->
        models.stream().anyMatch(model -> model.score().equals(detector.specification().score())));
    former.forEach(detector -> detector.follow(rules));
    former.addAll(retired);
    detectors = List.copyOf(now);
    retired = List.copyOf(former);
  }

  private HostDetector begin(ModelSpecification model, HostRules rules) {
    HostDetector detector = new HostDetector(model, rules, store, fitting);
    detector.restore();
    episodes().stream()
        .filter(episode -> episode.model().equals(model.name()))
        .forEach(detector::restore);
    return detector;
  }

  /// Assesses the host at a tick.
  ///
  /// @param appendedAt the broker's time in ms
  /// @return the scores in the order of [#identities], NaN where undetermined
  double[] assess(long tick, long appendedAt) {
    retired.forEach(detector -> detector.append(tick, Double.NaN));
    retired = List.of();
    double[] scores = new double[detectors.size()];
    highest = Double.NaN;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detectors.get(i).assess(tick, appendedAt);
      highest = Double.isNaN(scores[i]) || scores[i] < highest ? highest : scores[i];
    }
    return scores;
  }

  long[] identities() {
    return detectors.stream().mapToLong(HostDetector::identity).toArray();
  }

  /// Appends the scores that were given to a stored scrape.
  void replay(StoredScrape scrape) {
    detectors.forEach(
        detector -> detector.append(scrape.tick(), scrape.scoreOf(detector.identity())));
  }

  /// What makes the host anomalous, by the model that found it first.
  ///
  /// @param since null if it is not
  record Anomaly(@Nullable Instant since, List<Contribution> contributions) {}

  Anomaly anomaly() {
    return detectors.stream()
        .filter(detector -> detector.episode().isOpen())
        .min(Comparator.comparingLong(detector -> detector.episode().since()))
        .map(detector ->
            new Anomaly(Instant.ofEpochMilli(detector.episode().since()), detector.contributions()))
        .orElseGet(() -> new Anomaly(null, List.of()));
  }

  List<Episode> episodes() {
    return detectors.stream().map(HostDetector::episode).toList();
  }

  void restore(List<Episode> stored) {
    for (HostDetector detector : detectors) {
      stored.stream()
          .filter(episode -> episode.model().equals(detector.episode().model()))
          .forEach(detector::restore);
    }
  }

  /// Whether every model has been trained.
  boolean areTrained() {
    return detectors.stream().allMatch(HostDetector::isTrained);
  }

  /// The highest score of the newest assessment, NaN if none is determined.
  double highest() {
    return highest;
  }
}
