package io.fleetward.rules.template;

import java.util.Map;

/// A sample that a template's `query` found.
public record QuerySample(Map<String, String> labels, double value) {
  public QuerySample {
    labels = Map.copyOf(labels);
  }
}
