package io.fleetward.service.ingest;

import java.util.List;

/// Where records of the metrics topic go.
public interface MetricsSink {
  /// One host's samples of one time, as a remote-write 2.0 request.
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to Kafka, never compared
  record Outgoing(String instance, byte[] body) {}

  /// Returns when all are stored for good.
  ///
  /// @throws SinkUnavailableException if that is not known of all
  void store(List<Outgoing> records);

  /// The records cannot be stored now.
  final class SinkUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SinkUnavailableException(String message) {
      super(message);
    }

    SinkUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
