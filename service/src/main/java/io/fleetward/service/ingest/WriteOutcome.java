package io.fleetward.service.ingest;

/// What became of a remote-write request.
public sealed interface WriteOutcome {
  /// All that could be stored is in Kafka.
  ///
  /// @param samples stored, or dropped by the operator's rules
  record Written(int samples) implements WriteOutcome {}

  /// The rest is in Kafka; sending the request again will not help.
  ///
  /// @param samples stored, or dropped by the operator's rules
  record PartlyWritten(int samples, String reason) implements WriteOutcome {}

  /// Nothing was stored, and sending the same again will not help.
  record Invalid(String reason) implements WriteOutcome {}

  /// The encoding or the message is none that is understood.
  record Unsupported(String reason) implements WriteOutcome {}

  /// Too large, compressed or not.
  record TooLarge(String reason) implements WriteOutcome {}

  /// Perhaps something was stored, perhaps not; the same is to be sent again later.
  record Unavailable(String reason) implements WriteOutcome {}
}
