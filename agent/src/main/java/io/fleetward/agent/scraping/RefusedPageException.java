package io.fleetward.agent.scraping;

/// A page that was not to be had, or is not taken: why, for a person and for a counter.
final class RefusedPageException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What is counted apart.
  enum Reason {
    UNREACHABLE,
    TIMEOUT,
    STATUS,
    NOT_METRICS,
    MALFORMED,
    TOO_LARGE,
    SERIES_LIMIT,
    RECORD_FULL,
    DEFECT
  }

  private final Reason reason;

  /// Carries no stack trace, since an exporter can make as many as it likes.
  RefusedPageException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /// As [#getMessage], which is never null here.
  String text() {
    return String.valueOf(getMessage());
  }
}
