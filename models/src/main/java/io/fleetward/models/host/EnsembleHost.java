package io.fleetward.models.host;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.stream.Ensemble;
import io.fleetward.models.training.TrainingSubject;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A streaming ensemble on one host. Confined to one thread.
public final class EnsembleHost implements HostModel {
  private static final Undetermined WARMING_UP = new Undetermined("warming up: too few rows yet");
  private static final Undetermined TOO_MUCH_MISSING =
      new Undetermined("more than a quarter of the features have no value");
  private static final long MILLIS = 1000;

  private final ModelSpecification.Ensemble specification;
  private final String instance;
  private final HostStart start;
  private final EnsembleJournal journal;
  private final double[] last;
  private Ensemble ensemble;
  private Origin origin = Origin.COLD;

  /// The champion that was last found not to fit; empty if none was.
  private String unfit = "";

  EnsembleHost(
      ModelSpecification.Ensemble specification,
      String instance,
      ModelShelf shelf,
      HostStart start) {
    this.specification = specification;
    this.instance = instance;
    this.start = start;
    this.journal = new EnsembleJournal(shelf, instance + '/' + specification.name());
    this.last = new double[specification.features().size()];
    this.ensemble = TrainingSubject.of(specification, "").cold();
  }

  /// Begins from the champion of the host's class, or cold while there is none that fits.
  private void begin() {
    origin = Origin.COLD;
    TrainingSubject subject = subject();
    Optional<ModelVersion> champion = champion(subject);
    ensemble = champion.map(subject::from).orElseGet(subject::cold);
    origin =
        champion.map(version -> new Origin(subject.hostClass(), version.id())).orElse(Origin.COLD);
    if (champion.isPresent()) {
      journal.begin(ensemble, origin);
    }
  }

  private TrainingSubject subject() {
    return TrainingSubject.of(specification, start.classOf().apply(instance));
  }

  /// The champion of the host's class, if the host did not begin from it already and can.
  private Optional<ModelVersion> champion(TrainingSubject subject) {
    return start
        .champions()
        .champion(subject.model(), subject.hostClass())
        .filter(version -> !version.id().equals(origin.version()))
        .filter(version -> fits(subject, version));
  }

  private boolean fits(TrainingSubject subject, ModelVersion version) {
    if (version.id().equals(unfit)) {
      return false;
    }
    boolean fits = subject.misfit(version).isEmpty();
    unfit = fits ? unfit : version.id();
    return fits;
  }

  /// Whether to begin anew: its version was taken back; or its class has a champion from which it
  /// did not begin, and it knows nothing yet, or is no longer as it knows itself.
  private boolean isToBeginAnew() {
    if (origin.isTakenBack(specification.name(), start.champions())) {
      return true;
    }
    boolean astray = journal.isDrifted() || (origin.equals(Origin.COLD) && ensemble.isWarmingUp());
    return astray && champion(subject()).isPresent();
  }

  private void beginAnew() {
    journal.clear();
    begin();
  }

  @Override
  public ModelSpecification specification() {
    return specification;
  }

  /// Besides the answer and what goes to the shelf, nothing is allocated, except at fits, which
  /// come at growing intervals.
  @Override
  public Assessment observe(long millis, double[] row) {
    HostModel.checkLength(specification, row);
    if (isToBeginAnew()) {
      beginAnew();
    }
    System.arraycopy(row, 0, last, 0, row.length);
    long time = Math.floorDiv(millis, MILLIS);
    double score = ensemble.score(time, row);
    journal.observed(ensemble, time, row, score);
    if (Double.isNaN(score)) {
      return ensemble.isWarmingUp() ? WARMING_UP : TOO_MUCH_MISSING;
    }
    return new Scored(score, ensemble.missing());
  }

  @Override
  public boolean isAnomalous() {
    return ensemble.alarm();
  }

  @Override
  public double threshold() {
    return ensemble.threshold();
  }

  @Override
  public List<Contribution> contributions() {
    int[] columns = new int[last.length];
    double[] shares = new double[last.length];
    int given = ensemble.contributions(columns, shares);
    List<Contribution> contributions = new ArrayList<>(given);
    for (int i = 0; i < given; i++) {
      int column = columns[i];
      if (Double.isFinite(last[column])) {
        contributions.add(
            new Contribution(
                specification.features().get(column).series(),
                last[column],
                ensemble.expected(column),
                shares[i]));
      }
    }
    return contributions;
  }

  @Override
  public boolean isTrained() {
    return !ensemble.isWarmingUp();
  }

  @Override
  public Restoration restore() {
    Optional<String> refused = journal.restore(ensemble, last.length);
    origin = journal.origin();
    if (refused.isEmpty() && origin.isTakenBack(specification.name(), start.champions())) {
      refused = Optional.of("version %s was rolled back".formatted(origin.version()));
    }
    if (refused.isPresent()) {
      beginAnew();
      return new Restoration.Refused(refused.get());
    }
    if (journal.isEmpty()) {
      begin();
    }
    return new Restoration.Whole();
  }
}
