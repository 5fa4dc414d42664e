package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.Provenance.TribuoPart;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.models.stream.Ensemble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Tribuo;

/// Trains an [Ensemble] on the rows of the hosts of a class. Pure: the same rows, incidents and
/// time give the same version, byte for byte.
///
/// The newest part of each host's rows is not learnt but scored, so that every version says how it
/// fares on rows that it does not know.
public final class ClassTraining {
  public static final String DETECTOR = "ensemble";

  /// Where the ensemble's choice of remembered rows begins: the same for every ensemble.
  private static final long SEED = 1;

  private final TrainingSubject subject;
  private final TrainingTerms terms;
  private final Pace pace;

  public ClassTraining(TrainingSubject subject, TrainingTerms terms, Pace pace) {
    this.subject = subject;
    this.terms = terms;
    this.pace = pace;
  }

  /// @param hosts with rows of the subject's features
  /// @param incidents of these hosts; their rows are not learnt
  public Trained train(List<HostRows> hosts, List<ConfirmedIncident> incidents, Instant at) {
    Map<String, Long> leftOut = LearningRows.nothingLeftOut();
    List<LearningRows> chosen = new ArrayList<>();
    for (HostRows host : hosts) {
      LearningRows rows = LearningRows.of(host, incidents, terms, leftOut);
      if (host.size() < terms.leastPerHost() || rows.count() == 0) {
        LearningRows.count(leftOut, "short history", rows.count());
      } else {
        chosen.add(rows);
      }
    }
    long learnt = chosen.stream().mapToLong(LearningRows::count).sum();
    long heldOut = chosen.stream().mapToLong(LearningRows::heldOut).sum();
    if (learnt < terms.leastLearnt() || heldOut < terms.leastHeldOut()) {
      return new Trained.Refused(
          "%s: %d healthy rows to learn and %d held out, of %d hosts; a version needs %d and %d. Left out: %s"
              .formatted(
                  subject,
                  learnt,
                  heldOut,
                  chosen.size(),
                  terms.leastLearnt(),
                  terms.leastHeldOut(),
                  leftOut));
    }
    return new Trained.Version(version(chosen, incidents, leftOut, at));
  }

  private ModelVersion version(
      List<LearningRows> chosen,
      List<ConfirmedIncident> incidents,
      Map<String, Long> leftOut,
      Instant at) {
    Ensemble ensemble = subject.cold();
    new LearningOrder(chosen, subject.features().size(), pace).teach(ensemble);
    byte[] payload = ensemble.toBytes();
    List<LearntHost> learnt =
        chosen.stream()
            .map(rows ->
                new LearntHost(
                    rows.rows().instance(),
                    Instant.ofEpochSecond(rows.learntFrom()),
                    Instant.ofEpochSecond(rows.learntUntil()),
                    rows.count()))
            .toList();
    ModelVersion untried =
        ModelVersion.of(provenance(learnt, leftOut, ShadowRecord.EMPTY, at), payload);
    ShadowRecord heldOut = ShadowRecord.EMPTY;
    ShadowRun shadow = new ShadowRun(subject, untried, incidents, pace);
    for (LearningRows rows : chosen) {
      heldOut = heldOut.plus(shadow.over(rows.rows(), rows.cut()));
    }
    return ModelVersion.of(provenance(learnt, leftOut, heldOut, at), payload);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(terms.asSettings());
    settings.put("false-episodes-per-day", Double.toString(subject.falseEpisodesPerDay()));
    return settings;
  }

  private Provenance provenance(
      List<LearntHost> learnt, Map<String, Long> leftOut, ShadowRecord heldOut, Instant at) {
    return new Provenance(
        subject.model(),
        DETECTOR,
        subject.hostClass(),
        subject.features(),
        learnt,
        leftOut,
        settings(),
        heldOut,
        SEED,
        at,
        new TribuoPart(
            Tribuo.VERSION,
            List.of("principal axes: org.tribuo.math.la.DenseMatrix.eigenDecomposition")));
  }
}
