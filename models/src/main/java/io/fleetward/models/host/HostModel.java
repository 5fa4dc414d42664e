package io.fleetward.models.host;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.detection.Detector;
import io.fleetward.models.kmeans.FitRequest;
import io.fleetward.models.kmeans.FittedModel;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.specification.TrainingSpecification;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One host's model as it lives: it learns rows, asks for fits, and scores. Confined to one thread,
/// that of the processor that owns the host; only [FitRequest]s and [FittedModel]s leave it.
///
/// Rows that score as anomalous are not learnt, unless that lasts for `relearn_after` rows: then it
/// is taken for the new usual, learnt, and fitted after as many rows as the first model.
///
/// To survive, the owner stores three things under the host: after each [#observe] the [#counters]
/// and, if [#learntSlot] says so, the [#row] of that slot; after each [#adopt] the model's bytes.
/// It restores them in any order, into a new instance, before the first row.
public final class HostModel {
  /// What [#learntSlot] says when no slot changed.
  public static final int NO_SLOT = TrainingRows.NO_SLOT;

  /// Above this score no fit begins: what begins to be anomalous must not become usual meanwhile.
  private static final double SUSPICIOUS = 0.8;

  private static final Undetermined WARMING_UP = new Undetermined("warming up: no model yet");

  private final ModelSpecification specification;
  private final TrainingSpecification training;
  private final TrainingRows rows;
  private final HostCounters counters = new HostCounters();
  private @Nullable FittedModel model;
  private @Nullable Detector detector;
  private boolean fitting;
  private boolean suspicious;
  private int learntSlot = NO_SLOT;

  public HostModel(ModelSpecification specification) {
    this.specification = specification;
    this.training = specification.training();
    this.rows =
        new TrainingRows(specification.features().size(), training.keep(), training.stride());
  }

  /// Assesses one row, the features of one scrape in the specification's order (NaN without a
  /// value), and learns it if it is usual.
  ///
  /// @throws IllegalArgumentException if the row has another number of features
  public Assessment observe(double[] features) {
    checkLength(features);
    Assessment assessment = detector == null ? WARMING_UP : detector.assess(features);
    suspicious = assessment instanceof Scored(double score, _) && score >= SUSPICIOUS;
    learntSlot = NO_SLOT;
    if (isHalfPresent(features)) {
      counters.observed++;
      counters.unusualRun = isUsual(assessment) ? 0 : counters.unusualRun + 1;
      if (counters.observed > training.settle() && (counters.unusualRun == 0 || isRelearning())) {
        learntSlot = rows.offer(counters.learnt, features);
        counters.learnt++;
      }
    }
    return assessment;
  }

  /// Whether the row may be learnt at once; without a model, every row may.
  private boolean isUsual(Assessment assessment) {
    return switch (assessment) {
      case Scored scored -> !isAnomalous(scored);
      case Undetermined _ -> detector == null;
    };
  }

  private static boolean isHalfPresent(double[] features) {
    int present = 0;
    for (double feature : features) {
      present += Double.isFinite(feature) ? 1 : 0;
    }
    return 2 * present >= features.length;
  }

  /// Whether a score reaches the specification's `anomalous_at`.
  public boolean isAnomalous(Scored scored) {
    return scored.score() >= specification.anomalousAt();
  }

  /// Whether unusual rows have lasted so long that they are learnt.
  public boolean isRelearning() {
    return counters.unusualRun > training.relearnAfter();
  }

  /// What made the score of a row; empty without a model.
  public List<Contribution> contributions(double[] features) {
    checkLength(features);
    return detector == null ? List.of() : detector.contributions(features);
  }

  /// The fit that is due now. Once given, none is due until [#adopt] or [#abandonFit]; none is due
  /// while the last row was suspicious either, unless it is being relearnt.
  public Optional<FitRequest> fitDue() {
    long wait = isRelearning() ? training.after() : training.rowsToNextFit(counters.learntAtFit);
    if (fitting
        || (suspicious && !isRelearning())
        || counters.learnt - counters.learntAtFit < wait) {
      return Optional.empty();
    }
    fitting = true;
    return Optional.of(rows.request(specification, counters.learnt));
  }

  /// Scores with this model from the next row on: one just fitted, or one restored.
  ///
  /// @throws IllegalArgumentException if it was made for another specification; ask
  ///   [FittedModel#belongsTo] before restoring
  public void adopt(FittedModel fitted) {
    if (!fitted.belongsTo(specification)) {
      throw new IllegalArgumentException(
          "model \"%s\" was made for %s, not for %s"
              .formatted(
                  fitted.provenance().model(),
                  fitted.provenance().features(),
                  specification.series()));
    }
    model = fitted;
    detector = fitted.detector();
    rows.forgetBefore(fitted.provenance().firstRow());
    counters.learntAtFit = Math.max(counters.learntAtFit, fitted.provenance().learnt());
    fitting = false;
  }

  /// Gives up the fit in progress, which was refused or failed; the next follows after more rows.
  public void abandonFit() {
    counters.learntAtFit = counters.learnt;
    fitting = false;
  }

  /// The model in use; empty while warming up.
  public Optional<FittedModel> model() {
    return Optional.ofNullable(model);
  }

  public ModelSpecification specification() {
    return specification;
  }

  /// Rows learnt so far, kept or not.
  public long learnt() {
    return counters.learnt;
  }

  /// The slot that the last [#observe] changed, or [#NO_SLOT]; at most one slot changes at a time.
  public int learntSlot() {
    return learntSlot;
  }

  /// The row of a slot below `keep` that has been learnt, to be stored.
  public byte[] row(int slot) {
    return rows.toBytes(slot);
  }

  /// Puts back a stored row; false, and nothing changes, if it is not one of this specification.
  public boolean restoreRow(int slot, byte[] bytes) {
    return rows.restore(slot, bytes);
  }

  /// The counters, to be stored after each row.
  public byte[] counters() {
    return counters.toBytes();
  }

  /// Puts back stored counters; false, and nothing changes, if they are none.
  public boolean restoreCounters(byte[] bytes) {
    return counters.restore(bytes);
  }

  private void checkLength(double[] features) {
    if (features.length != specification.features().size()) {
      throw new IllegalArgumentException(
          "a row of %d features for model \"%s\" of %d"
              .formatted(features.length, specification.name(), specification.features().size()));
    }
  }
}
