package io.fleetward.models.host;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;

/// One host's model as it lives: it assesses rows, learns from them, and keeps on its shelf what
/// another owner needs to go on exactly. Confined to one thread, that of the processor that owns
/// the host.
public sealed interface HostModel permits KMeansHost, EnsembleHost {
  /// A model that knows nothing yet; [#restore] gives it what was known.
  static HostModel of(ModelSpecification specification, String instance, ModelShelf shelf) {
    return switch (specification) {
      case ModelSpecification.KMeans kMeans -> new KMeansHost(kMeans, shelf);
      case ModelSpecification.Ensemble ensemble -> new EnsembleHost(ensemble, instance, shelf);
    };
  }

  ModelSpecification specification();

  /// Assesses one row and learns from it as far as it is usual.
  ///
  /// @param millis the time of the scrape in ms since 1970; later than the row before
  /// @param row the features in the specification's order, NaN without a value; only read
  /// @throws IllegalArgumentException if the row has another number of features
  Assessment observe(long millis, double[] row);

  /// The model's own decision about the row observed last; false while it is undetermined.
  boolean isAnomalous();

  /// The score from which the row observed last would have been anomalous by itself; NaN while
  /// there is none.
  double threshold();

  /// What made the score of the row observed last, largest share first; empty if it is
  /// undetermined.
  List<Contribution> contributions();

  /// Whether it has learnt enough to assess complete rows.
  boolean isTrained();

  /// Takes back what lies on the shelf. To be called once, before the first row.
  Restoration restore();

  /// What a model found on its shelf.
  sealed interface Restoration {
    /// Nothing, or all that it had.
    record Whole() implements Restoration {}

    /// What cannot be used, and why; the model has begun anew without it.
    record Refused(String reason) implements Restoration {}
  }

  /// @throws IllegalArgumentException if the row has another number of features
  static void checkLength(ModelSpecification specification, double[] row) {
    if (row.length != specification.features().size()) {
      throw new IllegalArgumentException(
          "a row of %d features for model \"%s\" of %d"
              .formatted(row.length, specification.name(), specification.features().size()));
    }
  }
}
