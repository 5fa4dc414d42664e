package io.fleetward.rules.template;

import io.fleetward.protocol.labels.Labels;
import java.util.List;
import java.util.Map;

/// What a template is about.
///
/// @param value what the alert's expression yielded
/// @param externalUrl where the service is reached by people
/// @param time of the evaluation, milliseconds since the epoch
/// @param querying answers the template's own queries
public record TemplateData(
    Labels labels,
    Labels externalLabels,
    String externalUrl,
    double value,
    long time,
    Querying querying) {

  /// Answers a query of a template, at the time of the evaluation.
  public interface Querying {
    /// @throws TemplateException if the query fails
    List<QuerySample> query(String expression);

    /// Answers no query.
    static Querying none() {
      return expression -> {
        throw new TemplateException("no query can be made here: " + expression);
      };
    }

    /// The failure of a query, told in the template's text.
    static TemplateException failure(String reason) {
      return new TemplateException("query failed: " + reason);
    }
  }

  /// An alert's labels and value, without external labels.
  public static TemplateData of(Labels labels, double value, long time, Querying querying) {
    return new TemplateData(labels, Labels.EMPTY, "", value, time, querying);
  }

  Map<String, String> labelMap() {
    return labels.toMap();
  }

  Object field(String name) {
    return switch (name) {
      case "Labels" -> labelMap();
      case "ExternalLabels" -> externalLabels.toMap();
      case "ExternalURL" -> externalUrl;
      case "Value" -> value;
      default ->
          throw new TemplateException(
              "can't evaluate field %s in type struct; it has Labels, ExternalLabels, ExternalURL, Value"
                  .formatted(name));
    };
  }
}
