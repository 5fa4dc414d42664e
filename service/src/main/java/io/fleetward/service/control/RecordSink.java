package io.fleetward.service.control;

import java.util.Map;

/// Where records go: the broker, seen from this side. Thread safe.
interface RecordSink {
  /// Sends a record and waits until the broker has it.
  ///
  /// @param key empty for none
  /// @throws OversizedException if the broker takes none of this size
  /// @throws SendFailedException if it was not acknowledged; the broker may have it all the same
  void send(String topic, String key, byte[] value, Map<String, String> headers);

  /// A record that was not acknowledged.
  class SendFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SendFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// A record that is too large and will be the next time.
  final class OversizedException extends SendFailedException {
    private static final long serialVersionUID = 1L;

    OversizedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
