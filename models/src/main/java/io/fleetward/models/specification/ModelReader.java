package io.fleetward.models.specification;

import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one entry of a model file.
final class ModelReader {
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final double USUAL_BUDGET = 2;

  private final YamlNode node;
  private final Problems problems;
  private final Function<String, Optional<String>> unreadable;
  private final CheckedMapping model;

  /// @param unreadable why no model can read a series, and what to do; empty if one can
  ModelReader(YamlNode node, Problems problems, Function<String, Optional<String>> unreadable) {
    this.node = node;
    this.problems = problems;
    this.unreadable = unreadable;
    this.model = new CheckedMapping(MappingReader.of(node, problems), problems);
  }

  /// @return empty if something is wrong; the problems then say what
  Optional<ModelSpecification> read() {
    String name = model.matching("name", MODEL_NAME, "lower-case words joined by hyphens");
    String score = model.metricName("score");
    DetectorKind detector =
        model.required(
            "detector", model.reader().word("detector", DetectorKind.class), DetectorKind.K_MEANS);
    return switch (detector) {
      case K_MEANS -> kMeans(name, score);
      case ENSEMBLE -> ensemble(name, score);
    };
  }

  private Optional<ModelSpecification> kMeans(String name, String score) {
    int centroids =
        model.optional(
            "centroids",
            model.reader().integer("centroids", 1, ModelSpecification.KMeans.MOST_CENTROIDS),
            8);
    double anomalousAt =
        model.optional("anomalous_at", model.reader().number("anomalous_at", 0.5, 0.999999), 0.98);
    List<FeatureSpecification> features = features(this::floorAndDirection);
    TrainingSpecification training =
        model.reader().nested("train").map(this::training).orElse(TrainingSpecification.DEFAULT);
    model.rejectUnknownKeys();
    return model.isComplete()
        ? Optional.of(
            new ModelSpecification.KMeans(name, score, features, centroids, training, anomalousAt))
        : Optional.empty();
  }

  private FeatureSpecification floorAndDirection(CheckedMapping feature, String series) {
    double floor =
        feature.required("scale_floor", feature.reader().number("scale_floor", 1e-300, 1e300), 1.0);
    Direction direction =
        feature.optional(
            "direction", feature.reader().word("direction", Direction.class), Direction.BOTH);
    return new FeatureSpecification(series, floor, direction);
  }

  private TrainingSpecification training(MappingReader train) {
    TrainingReader reader = new TrainingReader(train, problems);
    TrainingSpecification training = reader.read();
    model.include(reader.mapping());
    return training;
  }

  private Optional<ModelSpecification> ensemble(String name, String score) {
    String alarm = metricNameIfAny("alarm");
    String threshold = metricNameIfAny("threshold");
    String kinds = metricNameIfAny("kinds");
    double budget = model.reader().nested("budget").map(this::budget).orElse(USUAL_BUDGET);
    List<FeatureSpecification> features = features(ModelReader::floor);
    model.rejectUnknownKeys();
    return model.isComplete()
        ? Optional.of(
            new ModelSpecification.Ensemble(name, score, alarm, threshold, features, budget, kinds))
        : Optional.empty();
  }

  private @Nullable String metricNameIfAny(String key) {
    return model.reader().node(key).isPresent() ? model.metricName(key) : null;
  }

  private double budget(MappingReader reader) {
    CheckedMapping budget = new CheckedMapping(reader, problems);
    double episodes =
        budget.optional(
            "false_episodes_per_day",
            reader.number(
                "false_episodes_per_day",
                ModelSpecification.Ensemble.LEAST_BUDGET,
                ModelSpecification.Ensemble.MOST_BUDGET),
            USUAL_BUDGET);
    budget.rejectUnknownKeys();
    model.include(budget);
    return episodes;
  }

  private static FeatureSpecification floor(CheckedMapping feature, String series) {
    double floor =
        feature.optional("scale_floor", feature.reader().number("scale_floor", 0, 1e300), 0.0);
    return new FeatureSpecification(series, floor, Direction.BOTH);
  }

  /// Reads what a kind of detector wants to know of a feature.
  private interface FeatureReader {
    FeatureSpecification read(CheckedMapping feature, String series);
  }

  private List<FeatureSpecification> features(FeatureReader kind) {
    List<YamlNode> items = model.reader().items("features");
    if (items.isEmpty() || items.size() > ModelSpecification.MOST_FEATURES) {
      model.reject(
          model.reader().node("features").orElse(node),
          "\"features\" has %d entries; list 1 to %d, each with its series"
              .formatted(items.size(), ModelSpecification.MOST_FEATURES));
    }
    List<FeatureSpecification> features = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode item : items) {
      CheckedMapping feature = new CheckedMapping(MappingReader.of(item, problems), problems);
      String series = feature.metricName("series");
      FeatureSpecification read = kind.read(feature, series.isEmpty() ? "unnamed" : series);
      feature.rejectUnknownKeys();
      model.include(feature);
      if (!series.isEmpty() && !seen.add(series)) {
        model.reject(item, "series \"%s\" is listed twice; remove one".formatted(series));
      } else if (!series.isEmpty()) {
        unreadable
            .apply(series)
            .ifPresent(
                reason -> model.reject(feature.reader().node("series").orElse(item), reason));
        features.add(read);
      }
    }
    return features;
  }
}
