package io.fleetward.models.specification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model as its file describes it; each host gets one of its own.
public sealed interface ModelSpecification {
  int MOST_FEATURES = 256;

  /// Unique among all models, such as `host`.
  String name();

  /// The metric name of the series that carries the score.
  String score();

  /// In the order in which rows carry them.
  List<FeatureSpecification> features();

  /// The metric names of all series that the model writes, the score first.
  List<String> written();

  /// The kind of detector, as files name it.
  default String detector() {
    return switch (this) {
      case KMeans _ -> DetectorKind.K_MEANS.word();
      case Ensemble _ -> DetectorKind.ENSEMBLE.word();
    };
  }

  /// The series that the model reads, in row order.
  default List<String> series() {
    return features().stream().map(FeatureSpecification::series).toList();
  }

  /// Rows are compared with the centroids of rows learnt; fitted now and then beside the stream.
  ///
  /// @param centroids how many usual behaviours K-Means may tell apart
  /// @param anomalousAt the score from which a row counts as anomalous, above 0 and below 1
  record KMeans(
      String name,
      String score,
      List<FeatureSpecification> features,
      int centroids,
      TrainingSpecification training,
      double anomalousAt)
      implements ModelSpecification {
    public static final int MOST_CENTROIDS = 256;

    public KMeans {
      features = List.copyOf(features);
      check(name, score, features);
      if (centroids < 1
          || centroids > MOST_CENTROIDS
          || !(anomalousAt > 0 && anomalousAt < 1)
          || features.stream().anyMatch(feature -> feature.scaleFloor() == 0)) {
        throw new IllegalArgumentException("model \"%s\" is out of bounds".formatted(name));
      }
    }

    @Override
    public List<String> written() {
      return List.of(score);
    }
  }

  /// Several distances over several spans of time, which learn with every row and set their own
  /// threshold.
  ///
  /// @param alarm the metric name of the series that says whether the host is anomalous, 1 or 0;
  ///   null if none is wanted
  /// @param threshold the metric name of the series that says which score would be; null if none is
  ///   wanted
  /// @param falseEpisodesPerDay how many alarms a healthy host may raise in a day; above 0
  /// @param kinds the metric name of the series that say what kind of fault the host's anomaly
  ///   looks like, one for each kind, by the label `kind`; null if none is wanted
  record Ensemble(
      String name,
      String score,
      @Nullable String alarm,
      @Nullable String threshold,
      List<FeatureSpecification> features,
      double falseEpisodesPerDay,
      @Nullable String kinds)
      implements ModelSpecification {
    public static final double LEAST_BUDGET = 0.001;
    public static final double MOST_BUDGET = 1000;

    public Ensemble {
      features = List.copyOf(features);
      check(name, score, features);
      if (!(falseEpisodesPerDay >= LEAST_BUDGET && falseEpisodesPerDay <= MOST_BUDGET)) {
        throw new IllegalArgumentException("model \"%s\" is out of bounds".formatted(name));
      }
    }

    /// The same without kinds of faults.
    public Ensemble(
        String name,
        String score,
        @Nullable String alarm,
        @Nullable String threshold,
        List<FeatureSpecification> features,
        double falseEpisodesPerDay) {
      this(name, score, alarm, threshold, features, falseEpisodesPerDay, null);
    }

    @Override
    public List<String> written() {
      List<String> written = new ArrayList<>();
      written.add(score);
      if (alarm != null) {
        written.add(alarm);
      }
      if (threshold != null) {
        written.add(threshold);
      }
      if (kinds != null) {
        written.add(kinds);
      }
      return List.copyOf(written);
    }
  }

  private static void check(String name, String score, List<FeatureSpecification> features) {
    if (name.isEmpty() || score.isEmpty()) {
      throw new IllegalArgumentException("a model needs a name and a score series");
    }
    if (features.isEmpty() || features.size() > MOST_FEATURES) {
      throw new IllegalArgumentException("model \"%s\" is out of bounds".formatted(name));
    }
    if (new HashSet<>(features.stream().map(FeatureSpecification::series).toList()).size()
        != features.size()) {
      throw new IllegalArgumentException("model \"%s\" reads a series twice".formatted(name));
    }
  }
}
