package io.fleetward.agent.shipping;

/// A record that is handed to Kafka's producer sooner or later, and what has become of it. Thread
/// safe; settled on the producer's thread.
final class Shipment {
  /// What has become of a record.
  enum Fate {
    /// It was not sent yet.
    NEW,
    /// The producer has it and has not said more.
    WAITING,
    /// The broker has it.
    STORED,
    /// The broker does not have it, or has not said so in time.
    FAILED,
    /// The broker will never take it.
    REFUSED
  }

  private final OutgoingRecord record;
  private volatile Fate fate = Fate.NEW;
  private volatile long sentNanos;

  Shipment(OutgoingRecord record) {
    this.record = record;
  }

  OutgoingRecord record() {
    return record;
  }

  Fate fate() {
    return fate;
  }

  /// Whether it need not be sent any more.
  boolean isDone() {
    return switch (fate) {
      case STORED, REFUSED -> true;
      case NEW, WAITING, FAILED -> false;
    };
  }

  boolean isWaiting() {
    return fate == Fate.WAITING;
  }

  /// When it was last handed to the producer, on the host's monotonic clock.
  long sentNanos() {
    return sentNanos;
  }

  void sent(long nanos) {
    sentNanos = nanos;
    fate = Fate.WAITING;
  }

  void settle(Fate settled) {
    fate = settled;
  }
}
