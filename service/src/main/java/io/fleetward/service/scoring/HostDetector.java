package io.fleetward.service.scoring;

import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.faults.FaultClassifier;
import io.fleetward.models.faults.FaultFinding;
import io.fleetward.models.host.HostModel;
import io.fleetward.models.host.HostModel.Restoration;
import io.fleetward.models.host.HostStart;
import io.fleetward.models.host.KMeansHost;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.service.scoring.HostCondition.Episode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One model at work on one host: reads its features and writes what it says beside them. On the
/// stream thread; fits run elsewhere.
final class HostDetector {
  private static final Logger log = LoggerFactory.getLogger(HostDetector.class);

  private final long identity;
  private final HostModel model;
  private HostRules rules;
  private final @Nullable BackgroundFit fit;
  private final Labels[] features;
  private final WrittenSeries score;
  private final @Nullable WrittenSeries alarm;
  private final @Nullable WrittenSeries threshold;
  private final double[] row;
  private Episode episode;
  private Verdict newest = Verdict.UNDETERMINED;
  private String undetermined = "nothing was assessed yet";

  /// @param written the host's series of a name
  HostDetector(
      ModelSpecification specification,
      HostRules rules,
      HostStore store,
      Fitting fitting,
      HostStart start,
      Function<String, WrittenSeries> written) {
    this.identity = identityOf(specification);
    this.model =
        HostModel.of(specification, rules.instance(), new StoredModel(store, identity), start);
    this.rules = rules;
    this.fit = model instanceof KMeansHost kMeans ? new BackgroundFit(kMeans, fitting) : null;
    this.features =
        specification.series().stream()
            .map(name -> Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, rules.instance()))
            .toArray(Labels[]::new);
    this.score = written.apply(specification.score());
    switch (specification) {
      case ModelSpecification.Ensemble ensemble -> {
        this.alarm = ensemble.alarm() == null ? null : written.apply(ensemble.alarm());
        this.threshold = ensemble.threshold() == null ? null : written.apply(ensemble.threshold());
      }
      case ModelSpecification.KMeans _ -> {
        this.alarm = null;
        this.threshold = null;
      }
    }
    this.row = new double[features.length];
    this.episode = Episode.none(specification.name());
  }

  /// Tells models, their detectors and their features apart, so that what one learnt is never given
  /// to another.
  private static long identityOf(ModelSpecification specification) {
    String features = specification.name() + specification.series();
    String all =
        switch (specification) {
          case ModelSpecification.KMeans _ -> features;
          case ModelSpecification.Ensemble _ -> "ensemble " + features;
        };
    return all.hashCode() & Integer.MAX_VALUE;
  }

  long identity() {
    return identity;
  }

  ModelSpecification specification() {
    return model.specification();
  }

  /// Reads features from, and writes to, these rules from now on.
  void follow(HostRules others) {
    rules = others;
  }

  /// Assesses the host at a tick and appends what came of it.
  ///
  /// @param appendedAt the broker's time in ms
  Verdict assess(long tick, long appendedAt) {
    if (fit != null) {
      fit.finish();
    }
    readRow(tick);
    Verdict verdict =
        switch (model.observe(tick, row)) {
          case Scored now -> new Verdict(now.score(), model.isAnomalous(), model.threshold());
          case Undetermined(String reason) -> {
            undetermined = reason;
            yield Verdict.UNDETERMINED;
          }
        };
    if (fit != null) {
      fit.beginIfDue(Instant.ofEpochMilli(appendedAt));
    }
    episode = episode.after(verdict.alarm(), appendedAt);
    append(tick, verdict);
    newest = verdict;
    return verdict;
  }

  /// What was said last.
  Verdict newest() {
    return newest;
  }

  /// What kind of fault the row assessed last looks like.
  FaultFinding finding(FaultClassifier classifier) {
    return newest.isKnown()
        ? classifier.find(model.contributions(), values(specification().series()).keySet())
        : FaultFinding.unknown(undetermined);
  }

  /// What was assessed last, for training; empty if the model is not trained for classes.
  ///
  /// @param tick when that was
  Optional<FeatureRow> row(long tick, String hostClass) {
    return switch (specification()) {
      case ModelSpecification.KMeans _ -> Optional.empty();
      case ModelSpecification.Ensemble ensemble ->
          Optional.of(
              new FeatureRow(
                  rules.instance(),
                  ensemble.name(),
                  hostClass,
                  Instant.ofEpochMilli(tick),
                  values(ensemble.series()),
                  newest.score(),
                  newest.alarm()));
    };
  }

  private Map<String, Double> values(List<String> names) {
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (Double.isFinite(row[i])) {
        values.put(names.get(i), row[i]);
      }
    }
    return values;
  }

  private void readRow(long tick) {
    for (int i = 0; i < features.length; i++) {
      row[i] = rules.newest(features[i], tick);
    }
  }

  void append(long tick, Verdict verdict) {
    score.append(rules, tick, verdict.score());
    if (alarm != null) {
      alarm.append(rules, tick, verdict.isKnown() ? (verdict.alarm() ? 1 : 0) : Double.NaN);
    }
    if (threshold != null) {
      threshold.append(rules, tick, verdict.threshold());
    }
  }

  /// Takes back what was stored, except what was written.
  void restore() {
    switch (model.restore()) {
      case Restoration.Whole() -> {}
      case Restoration.Refused(String reason) ->
          log.atWarn()
              .addKeyValue("instance", rules.instance())
              .addKeyValue("model", specification().name())
              .addKeyValue("reason", reason)
              .log("a model begins anew");
    }
  }

  /// What made the newest score.
  List<Contribution> contributions() {
    return model.contributions();
  }

  Episode episode() {
    return episode;
  }

  void restore(Episode stored) {
    episode = stored;
  }

  /// Whether it scores, or still only learns.
  boolean isTrained() {
    return model.isTrained();
  }
}
