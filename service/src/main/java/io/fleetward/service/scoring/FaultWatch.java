package io.fleetward.service.scoring;

import io.fleetward.models.faults.FaultClassifier;
import io.fleetward.models.faults.FaultFinding;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.protocol.messages.AlertMessage.KindProbability;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.service.scoring.HostCondition.Strongest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What kind of fault one host's anomaly looks like, judged at its strongest instant so far, and
/// the series that say so: one for each kind, by the label `kind`. On the stream thread.
final class FaultWatch {
  private static final String KIND = "kind";

  /// Below every score.
  private static final double UNDETERMINED = -1;

  private final String series;
  private final Supplier<FaultClassifier> classifier;
  private final Map<String, WrittenSeries> written = new TreeMap<>();
  private final ToldKinds told;
  private @Nullable Strongest strongest;

  /// @param series the metric name of the series
  FaultWatch(String series, Supplier<FaultClassifier> classifier, HostStore store) {
    this.series = series;
    this.classifier = classifier;
    this.told = new ToldKinds(store);
  }

  String series() {
    return series;
  }

  /// Looks at what the model that tells kinds has just assessed.
  ///
  /// @param anomalous whether any of the host's models finds it anomalous
  void look(long tick, boolean anomalous, HostDetector teller) {
    if (!anomalous) {
      strongest = null;
      return;
    }
    Verdict verdict = teller.newest();
    double score = verdict.isKnown() ? verdict.score() : UNDETERMINED;
    Strongest before = strongest;
    if (before == null || score > before.score()) {
      strongest = new Strongest(score, signs(tick, teller.finding(classifier.get())));
    }
  }

  private static FaultSigns signs(long tick, FaultFinding finding) {
    return new FaultSigns(
        Instant.ofEpochMilli(tick),
        finding.kinds().stream()
            .map(each -> new KindProbability(each.kind().text(), each.probability()))
            .toList(),
        finding.reason(),
        finding.deviations());
  }

  /// What the present anomaly looks like; null while there is none.
  @Nullable FaultSigns signs() {
    Strongest now = strongest;
    return now == null ? null : now.signs();
  }

  /// Appends the series of the kinds that the present anomaly looks like; those of others end.
  void tell(HostRules rules, long tick) {
    Strongest now = strongest;
    List<KindProbability> kinds = now == null ? List.of() : now.signs().kinds();
    append(rules, tick, kinds);
    told.keep(tick, kinds, rules.rules().retention().toMillis());
  }

  /// Tells again what was told at a tick.
  void replay(HostRules rules, long tick) {
    append(rules, tick, told.at(tick));
  }

  /// Ends all series.
  void end(HostRules rules, long tick) {
    append(rules, tick, List.of());
  }

  private void append(HostRules rules, long tick, List<KindProbability> kinds) {
    for (KindProbability each : kinds) {
      written.computeIfAbsent(
          each.kind(),
          kind ->
              new WrittenSeries(
                  Labels.of(Labels.METRIC_NAME, series, Labels.INSTANCE, rules.instance())
                      .with(KIND, kind)));
    }
    written.forEach((kind, one) -> one.append(rules, tick, probability(kind, kinds)));
  }

  private static double probability(String kind, List<KindProbability> kinds) {
    for (KindProbability each : kinds) {
      if (each.kind().equals(kind)) {
        return each.probability();
      }
    }
    return Double.NaN;
  }

  /// What has to be kept; null while nothing has.
  @Nullable Strongest strongest() {
    return strongest;
  }

  void restore(@Nullable Strongest stored) {
    strongest = stored;
  }
}
