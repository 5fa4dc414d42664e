package io.fleetward.models.specification;

import io.fleetward.models.specification.FeatureSpecification.Direction;
import io.fleetward.models.specification.ModelSpecification.DetectorKind;
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

/// Reads one entry of a model file.
final class ModelReader {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final YamlNode node;
  private final Problems problems;
  private final Function<String, Optional<String>> unreadable;
  private boolean complete = true;

  /// @param unreadable why no model can read a series, and what to do; empty if one can
  ModelReader(YamlNode node, Problems problems, Function<String, Optional<String>> unreadable) {
    this.node = node;
    this.problems = problems;
    this.unreadable = unreadable;
  }

  /// @return empty if something is wrong; the problems then say what
  Optional<ModelSpecification> read() {
    MappingReader reader = MappingReader.of(node, problems);
    String name = matching(reader, "name", MODEL_NAME, "lower-case words joined by hyphens");
    String score = metricName(reader, "score");
    DetectorKind detector =
        required(
            reader, "detector", reader.word("detector", DetectorKind.class), DetectorKind.K_MEANS);
    int centroids =
        optional(
            reader,
            "centroids",
            reader.integer("centroids", 1, ModelSpecification.MOST_CENTROIDS),
            8);
    double anomalousAt =
        optional(reader, "anomalous_at", reader.number("anomalous_at", 0.5, 0.999999), 0.98);
    List<FeatureSpecification> features = features(reader);
    TrainingSpecification training =
        reader.nested("train").map(this::training).orElse(TrainingSpecification.DEFAULT);
    reader.rejectUnknownKeys();
    return complete
        ? Optional.of(
            new ModelSpecification(
                name, score, features, detector, centroids, training, anomalousAt))
        : Optional.empty();
  }

  private List<FeatureSpecification> features(MappingReader reader) {
    List<YamlNode> items = reader.items("features");
    if (items.isEmpty() || items.size() > ModelSpecification.MOST_FEATURES) {
      reject(
          reader.node("features").orElse(node),
          "\"features\" has %d entries; list 1 to %d, each with series and scale_floor"
              .formatted(items.size(), ModelSpecification.MOST_FEATURES));
    }
    List<FeatureSpecification> features = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode item : items) {
      MappingReader feature = MappingReader.of(item, problems);
      String series = metricName(feature, "series");
      double floor =
          required(feature, "scale_floor", feature.number("scale_floor", 1e-300, 1e300), 1.0);
      Direction direction =
          optional(
              feature, "direction", feature.word("direction", Direction.class), Direction.BOTH);
      feature.rejectUnknownKeys();
      if (!series.isEmpty() && !seen.add(series)) {
        reject(item, "series \"%s\" is listed twice; remove one".formatted(series));
      } else if (!series.isEmpty()) {
        unreadable
            .apply(series)
            .ifPresent(reason -> reject(feature.node("series").orElse(item), reason));
        features.add(new FeatureSpecification(series, floor, direction));
      }
    }
    return features;
  }

  private TrainingSpecification training(MappingReader reader) {
    TrainingSpecification usual = TrainingSpecification.DEFAULT;
    int settle = rows(reader, "settle", 0, usual.settle());
    int after = rows(reader, "after", TrainingSpecification.LEAST_ROWS, usual.after());
    int keep =
        optional(
            reader,
            "keep",
            reader.integer(
                "keep", TrainingSpecification.LEAST_ROWS, TrainingSpecification.MOST_ROWS),
            Math.max(after, usual.keep()));
    int stride =
        optional(
            reader,
            "stride",
            reader.integer("stride", 1, TrainingSpecification.MOST_STRIDE),
            usual.stride());
    int refitEvery = rows(reader, "refit_every", 1, usual.refitEvery());
    int relearnAfter = rows(reader, "relearn_after", 1, usual.relearnAfter());
    reader.rejectUnknownKeys();
    if (keep < after) {
      reject(
          reader.mapping(),
          "\"keep\" is %d, less than \"after\" (%d); the first fit needs that many rows: raise keep"
              .formatted(keep, after));
    }
    if (Integer.bitCount(stride) != 1) {
      reject(
          reader.mapping(), "\"stride\" is %d; write a power of two, such as 64".formatted(stride));
    }
    return complete
        ? new TrainingSpecification(settle, after, keep, stride, refitEvery, relearnAfter)
        : usual;
  }

  private int rows(MappingReader reader, String key, int least, int usual) {
    return optional(reader, key, reader.integer(key, least, 10_000_000), usual);
  }

  private String metricName(MappingReader reader, String key) {
    return matching(reader, key, METRIC_NAME, "a metric name, such as instance:cpu_busy:ratio");
  }

  private String matching(MappingReader reader, String key, Pattern pattern, String expected) {
    String text = reader.requiredText(key);
    if (text.isEmpty()) {
      complete = false;
    } else if (!pattern.matcher(text).matches()) {
      reject(
          reader.node(key).orElse(node),
          "\"%s\" is \"%s\"; write %s".formatted(key, text, expected));
    }
    return text;
  }

  private <T> T required(MappingReader reader, String key, Optional<T> value, T instead) {
    if (reader.node(key).isEmpty()) {
      reject(reader.mapping(), "\"%s\" is missing; add it".formatted(key));
    }
    return optional(reader, key, value, instead);
  }

  private <T> T optional(MappingReader reader, String key, Optional<T> value, T usual) {
    complete &= value.isPresent() || reader.node(key).isEmpty();
    return value.orElse(usual);
  }

  private void reject(YamlNode place, String message) {
    problems.at(place, message);
    complete = false;
  }
}
