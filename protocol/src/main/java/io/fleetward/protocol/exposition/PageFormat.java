package io.fleetward.protocol.exposition;

import java.util.Locale;
import java.util.Optional;

/// The two ways in which exporters write.
public enum PageFormat {
  /// Prometheus' text format 0.0.4, and 1.0.0 with quoted names.
  TEXT,
  /// OpenMetrics 1.0: stricter, times in seconds, exemplars, `# EOF` at the end.
  OPEN_METRICS;

  /// Asks for what [ExpositionReader] reads, OpenMetrics first.
  public static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=1.0.0;q=0.5,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
          + "text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

  /// The format that a content type names; empty for one that is something else, such as HTML. No
  /// content type counts as text.
  public static Optional<PageFormat> of(String contentType) {
    int end = contentType.indexOf(';');
    String media = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return switch (media.toLowerCase(Locale.ROOT)) {
      case "application/openmetrics-text" -> Optional.of(OPEN_METRICS);
      case "text/plain", "" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }
}
