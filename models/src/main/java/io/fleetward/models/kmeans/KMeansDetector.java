package io.fleetward.models.kmeans;

import io.fleetward.models.detection.Assessment;
import io.fleetward.models.detection.Assessment.Scored;
import io.fleetward.models.detection.Assessment.Undetermined;
import io.fleetward.models.detection.Detector;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Scores a row by its distance to the nearest usual behaviour. Confined to one thread.
///
/// While at most a quarter of the model's features has no value, a row is scored by the others:
/// what is missing can only lower the distance, so the score is a lower bound and says so. Features
/// that had no values when the model was fitted are not read.
public final class KMeansDetector implements Detector {
  private static final Undetermined TOO_MUCH_MISSING =
      new Undetermined("more than a quarter of the features have no value");
  private static final double MOST_MISSING = 0.25;

  private final FittedModel model;
  private final int rowLength;
  private final int[] used;
  private final RobustScaling scaling;
  private final Centroids centroids;
  private final double[] scaled;

  KMeansDetector(FittedModel model) {
    this.model = model;
    this.rowLength = model.provenance().features().size();
    this.used = model.used();
    this.scaling = model.scaling();
    this.centroids = model.centroids();
    this.scaled = new double[used.length];
  }

  @Override
  public Assessment assess(double[] features) {
    int missing = scale(features);
    if (missing > MOST_MISSING * used.length) {
      return TOO_MUCH_MISSING;
    }
    double distance = centroids.distance(scaled, centroids.nearest(scaled));
    return new Scored(model.calibration().score(distance), missing);
  }

  @Override
  public List<Contribution> contributions(double[] features) {
    int missing = scale(features);
    int nearest = centroids.nearest(scaled);
    double distance = centroids.distance(scaled, nearest);
    if (missing > MOST_MISSING * used.length || distance == 0) {
      return List.of();
    }
    List<Contribution> contributions = new ArrayList<>(used.length);
    for (int i = 0; i < used.length; i++) {
      double expected = centroids.value(nearest, i);
      double part = (scaled[i] - expected) / distance;
      if (Double.isFinite(part)) {
        contributions.add(
            new Contribution(
                model.provenance().features().get(used[i]),
                features[used[i]],
                scaling.unscale(i, expected),
                part * part));
      }
    }
    contributions.sort(Comparator.comparingDouble(Contribution::share).reversed());
    return contributions;
  }

  /// Scales the used features; returns how many have no value.
  private int scale(double[] features) {
    if (features.length != rowLength) {
      throw new IllegalArgumentException(
          "a row of %d features for a model of %d".formatted(features.length, rowLength));
    }
    int missing = 0;
    for (int i = 0; i < used.length; i++) {
      scaled[i] = scaling.scale(i, features[used[i]]);
      if (Double.isNaN(scaled[i])) {
        missing++;
      }
    }
    return missing;
  }
}
