package io.fleetward.models.host;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.specification.FeatureSpecification;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.models.stream.Ensemble;
import io.fleetward.models.stream.Times;
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
  private final EnsembleJournal journal;
  private final double[] last;
  private Ensemble ensemble;

  EnsembleHost(ModelSpecification.Ensemble specification, String instance, ModelShelf shelf) {
    this.specification = specification;
    this.journal = new EnsembleJournal(shelf, instance + '/' + specification.name());
    this.last = new double[specification.features().size()];
    this.ensemble = begin();
  }

  /// What a host that nothing is known of begins with.
  private Ensemble begin() {
    double[] floors =
        specification.features().stream().mapToDouble(FeatureSpecification::scaleFloor).toArray();
    return new Ensemble(floors, Times.SECONDS, specification.falseEpisodesPerDay());
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
    System.arraycopy(row, 0, last, 0, row.length);
    long time = Math.floorDiv(millis, MILLIS);
    double score = ensemble.score(time, row);
    journal.observed(ensemble, time, row);
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
    if (refused.isEmpty()) {
      return new Restoration.Whole();
    }
    journal.clear();
    ensemble = begin();
    return new Restoration.Refused(refused.get());
  }
}
