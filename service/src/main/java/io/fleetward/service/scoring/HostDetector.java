package io.fleetward.service.scoring;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.host.HostModel;
import io.fleetward.models.kmeans.FittedModel;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.service.scoring.HostCondition.Episode;
import io.fleetward.service.scoring.HostStore.Kind;
import java.time.Instant;
import java.util.List;

/// One model at work on one host: reads its features, writes its score beside them, keeps what it
/// learnt in the store. On the stream thread; fits run elsewhere.
final class HostDetector {
  private final long identity;
  private final HostModel model;
  private HostRules rules;
  private final HostStore store;
  private final BackgroundFit fit;
  private final Labels[] features;
  private final Labels score;
  private final double[] row;
  private Episode episode;
  private boolean scored;

  HostDetector(
      ModelSpecification specification, HostRules rules, HostStore store, Fitting fitting) {
    this.identity = identityOf(specification);
    this.model = new HostModel(specification);
    this.rules = rules;
    this.store = store;
    this.fit = new BackgroundFit(fitting);
    this.features =
        specification.series().stream()
            .map(name -> series(name, rules.instance()))
            .toArray(Labels[]::new);
    this.score = series(specification.score(), rules.instance());
    this.row = new double[features.length];
    this.episode = Episode.none(specification.name());
  }

  /// Tells models and their features apart, so that what one learnt is never given to another.
  private static long identityOf(ModelSpecification specification) {
    return (specification.name() + specification.series()).hashCode() & Integer.MAX_VALUE;
  }

  long identity() {
    return identity;
  }

  ModelSpecification specification() {
    return model.specification();
  }

  /// Reads features from, and writes scores to, these rules from now on.
  void follow(HostRules others) {
    rules = others;
  }

  private static Labels series(String name, String instance) {
    return Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, instance);
  }

  /// Assesses the host at a tick and appends the score.
  ///
  /// @param appendedAt the broker's time in ms
  /// @return the score, NaN if undetermined
  double assess(long tick, long appendedAt) {
    fit.finished().ifPresent(this::adopt);
    readRow(tick);
    Assessment assessment = model.observe(row);
    remember();
    model.fitDue().ifPresent(request -> fit.start(request, Instant.ofEpochMilli(appendedAt)));
    double value =
        switch (assessment) {
          case Scored now -> {
            episode = episode.after(model.isAnomalous(now), appendedAt);
            yield now.score();
          }
          case Undetermined _ -> {
            episode = episode.after(false, appendedAt);
            yield Double.NaN;
          }
        };
    append(tick, value);
    return value;
  }

  private void readRow(long tick) {
    for (int i = 0; i < features.length; i++) {
      row[i] = rules.newest(features[i], tick);
    }
  }

  private void remember() {
    store.put(Kind.COUNTERS, identity, model.counters());
    int slot = model.learntSlot();
    if (slot != HostModel.NO_SLOT) {
      store.put(Kind.ROW, rowNumber(slot), model.row(slot));
    }
  }

  private void adopt(BackgroundFit.Result result) {
    switch (result) {
      case BackgroundFit.Result.Fitted(FittedModel fitted) -> {
        model.adopt(fitted);
        store.put(Kind.MODEL, identity, fitted.toBytes());
      }
      case BackgroundFit.Result.Failed _ -> model.abandonFit();
    }
  }

  /// Appends a score; one that ceases to be known ends the series, so that no rule reads an old
  /// one.
  void append(long tick, double value) {
    boolean known = !Double.isNaN(value);
    if (known || scored) {
      rules.append(rules.slot(score), tick, known ? value : StaleMarker.VALUE);
    }
    scored = known;
  }

  /// Takes back what was stored, except the scores.
  void restore() {
    store
        .get(Kind.MODEL, identity)
        .ifPresent(bytes -> {
          if (FittedModel.fromBytes(bytes) instanceof FittedModel.Restored.Usable(var fitted)
              && fitted.belongsTo(model.specification())) {
            model.adopt(fitted);
          }
        });
    store.forEach(
        Kind.ROW,
        rowNumber(0),
        rowNumber(Integer.MAX_VALUE),
        (key, bytes) -> model.restoreRow((int) key, bytes));
    store.get(Kind.COUNTERS, identity).ifPresent(model::restoreCounters);
  }

  private long rowNumber(int slot) {
    return (identity << Integer.SIZE) | slot;
  }

  /// What made the newest score.
  List<Contribution> contributions() {
    return model.contributions(row);
  }

  Episode episode() {
    return episode;
  }

  void restore(Episode stored) {
    episode = stored;
  }

  /// Whether there is a model, or still only rows to learn from.
  boolean isTrained() {
    return model.model().isPresent();
  }
}
