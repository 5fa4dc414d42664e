package io.fleetward.protocol.metrics;

/// Ends the reading of a body; never leaves [RemoteWriteDecoder]. Carries no stack trace, since
/// senders can make as many as they like.
final class RejectedBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int byteOffset;

  RejectedBodyException(String reason, int byteOffset) {
    super(reason, null, false, false);
    this.reason = reason;
    this.byteOffset = byteOffset;
  }

  String reason() {
    return reason;
  }

  int byteOffset() {
    return byteOffset;
  }
}
