package io.fleetward.models.host;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.detection.Detector;
import io.fleetward.models.host.ModelShelf.Part;
import io.fleetward.models.kmeans.FitRequest;
import io.fleetward.models.kmeans.FittedModel;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import io.fleetward.models.specification.TrainingSpecification;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Usual behaviours of one host, found by K-Means: it learns rows, asks for fits, and scores.
/// Confined to one thread; only [FitRequest]s and [FittedModel]s leave it.
///
/// Rows that score as anomalous are not learnt, unless that lasts for `relearn_after` rows: then it
/// is taken for the new usual, learnt, and fitted after as many rows as the first model.
///
/// What it keeps: with each row its counters and at most one training row, with each fit the model.
public final class KMeansHost implements HostModel {
  /// Above this score no fit begins: what begins to be anomalous must not become usual meanwhile.
  private static final double SUSPICIOUS = 0.8;

  private static final Undetermined WARMING_UP = new Undetermined("warming up: no model yet");

  private final KMeans specification;
  private final TrainingSpecification training;
  private final ModelShelf shelf;
  private final TrainingRows rows;
  private final HostCounters counters = new HostCounters();
  private @Nullable FittedModel model;
  private @Nullable Detector detector;
  private boolean fitting;
  private boolean suspicious;
  private boolean anomalous;
  private final double[] last;

  KMeansHost(KMeans specification, ModelShelf shelf) {
    this.specification = specification;
    this.training = specification.training();
    this.shelf = shelf;
    this.last = new double[specification.features().size()];
    this.rows =
        new TrainingRows(specification.features().size(), training.keep(), training.stride());
  }

  @Override
  public Assessment observe(long millis, double[] row) {
    HostModel.checkLength(specification, row);
    System.arraycopy(row, 0, last, 0, row.length);
    Assessment assessment = detector == null ? WARMING_UP : detector.assess(row);
    suspicious = assessment instanceof Scored(double score, _) && score >= SUSPICIOUS;
    anomalous =
        assessment instanceof Scored(double score, _) && score >= specification.anomalousAt();
    if (isHalfPresent(row)) {
      counters.observed++;
      counters.unusualRun = isUsual(assessment) ? 0 : counters.unusualRun + 1;
      if (counters.observed > training.settle() && (counters.unusualRun == 0 || isRelearning())) {
        learn(row);
      }
    }
    shelf.put(Part.COUNTERS, 0, counters.toBytes());
    return assessment;
  }

  private void learn(double[] row) {
    int slot = rows.offer(counters.learnt, row);
    counters.learnt++;
    if (slot != TrainingRows.NO_SLOT) {
      shelf.put(Part.ROW, slot, rows.toBytes(slot));
    }
  }

  /// Whether the row may be learnt at once; without a model, every row may.
  private boolean isUsual(Assessment assessment) {
    return switch (assessment) {
      case Scored _ -> !anomalous;
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

  @Override
  public boolean isAnomalous() {
    return anomalous;
  }

  @Override
  public double threshold() {
    return specification.anomalousAt();
  }

  /// Whether unusual rows have lasted so long that they are learnt.
  public boolean isRelearning() {
    return counters.unusualRun > training.relearnAfter();
  }

  @Override
  public List<Contribution> contributions() {
    return detector == null ? List.of() : detector.contributions(last);
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

  /// Scores with this model from the next row on.
  ///
  /// @throws IllegalArgumentException if it was made for another specification
  public void adopt(FittedModel fitted) {
    if (!fitted.belongsTo(specification)) {
      throw new IllegalArgumentException(
          "model \"%s\" was made for %s, not for %s"
              .formatted(
                  fitted.provenance().model(),
                  fitted.provenance().features(),
                  specification.series()));
    }
    use(fitted);
    shelf.put(Part.FITTED, 0, fitted.toBytes());
  }

  private void use(FittedModel fitted) {
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

  @Override
  public ModelSpecification specification() {
    return specification;
  }

  @Override
  public boolean isTrained() {
    return detector != null;
  }

  /// Rows learnt so far, kept or not.
  public long learnt() {
    return counters.learnt;
  }

  @Override
  public Restoration restore() {
    Restoration restoration =
        shelf.get(Part.FITTED, 0).map(this::restoreFitted).orElse(new Restoration.Whole());
    shelf.forEach(Part.ROW, rows::restore);
    shelf.get(Part.COUNTERS, 0).ifPresent(counters::restore);
    return restoration;
  }

  private Restoration restoreFitted(byte[] bytes) {
    return switch (FittedModel.fromBytes(bytes)) {
      case FittedModel.Restored.Usable(var fitted) when fitted.belongsTo(specification) -> {
        use(fitted);
        yield new Restoration.Whole();
      }
      case FittedModel.Restored.Usable _ ->
          new Restoration.Refused("its fitted model was made for other features");
      case FittedModel.Restored.Rejected(String reason) ->
          new Restoration.Refused("its fitted model cannot be used: " + reason);
    };
  }
}
