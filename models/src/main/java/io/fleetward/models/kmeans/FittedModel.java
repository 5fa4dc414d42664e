package io.fleetward.models.kmeans;

import io.fleetward.models.calibration.TailCalibration;
import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification;
import java.util.List;

/// A trained and calibrated model of one host. Immutable.
public final class FittedModel {
  private final ModelProvenance provenance;
  private final int[] used;
  private final List<Direction> directions;
  private final RobustScaling scaling;
  private final Centroids centroids;
  private final TailCalibration calibration;

  /// @param used places, in a row, of the features that the model uses; the others had no values
  /// @param directions of the used features, as are `scaling` and `centroids`
  FittedModel(
      ModelProvenance provenance,
      int[] used,
      List<Direction> directions,
      RobustScaling scaling,
      Centroids centroids,
      TailCalibration calibration) {
    this.provenance = provenance;
    this.used = used;
    this.directions = List.copyOf(directions);
    this.scaling = scaling;
    this.centroids = centroids;
    this.calibration = calibration;
  }

  /// A detector for one thread; detectors of one model share its arrays.
  public KMeansDetector detector() {
    return new KMeansDetector(this);
  }

  public ModelProvenance provenance() {
    return provenance;
  }

  /// Whether the model was made for this specification's name and features.
  public boolean belongsTo(ModelSpecification specification) {
    return provenance.model().equals(specification.name())
        && provenance.features().equals(specification.series());
  }

  /// The model in a form of its own with version and checksum; the same model, the same bytes.
  public byte[] toBytes() {
    return FittedModelBytes.write(this);
  }

  /// Reads what [#toBytes] wrote; never throws, and allocates no more than a small multiple of the
  /// bytes given.
  public static Restored fromBytes(byte[] bytes) {
    return FittedModelBytes.read(bytes);
  }

  /// What came of reading a model's bytes.
  public sealed interface Restored {
    record Usable(FittedModel model) implements Restored {}

    record Rejected(String reason) implements Restored {}
  }

  int[] used() {
    return used;
  }

  List<Direction> directions() {
    return directions;
  }

  RobustScaling scaling() {
    return scaling;
  }

  Centroids centroids() {
    return centroids;
  }

  TailCalibration calibration() {
    return calibration;
  }
}
