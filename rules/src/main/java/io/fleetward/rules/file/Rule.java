package io.fleetward.rules.file;

import io.fleetward.protocol.configuration.YamlNode.Place;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Expression;
import java.time.Duration;
import java.util.Map;

/// One rule of a group.
public sealed interface Rule {
  /// The name of the series recorded, or of the alert.
  String name();

  /// The expression as it was written.
  String text();

  Expression expression();

  /// Where the rule starts in its file.
  Place place();

  /// @param labels set on every result, over what the expression gives
  record Recording(String name, String text, Expression expression, Labels labels, Place place)
      implements Rule {}

  /// @param holdFor how long the expression has to hold before the alert fires (`for`)
  /// @param keepFiringFor how long the alert goes on firing after the expression ceased to hold
  /// @param labels templates of labels, by name
  /// @param annotations templates of annotations, by name
  record Alerting(
      String name,
      String text,
      Expression expression,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations,
      Place place)
      implements Rule {
    public Alerting {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }
}
