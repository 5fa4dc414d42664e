package io.fleetward.agent.shipping;

import java.util.Map;

/// A record on its way to Kafka, keyed with the host's instance.
///
/// @param timeMillis the record's own time, on the host's clock
/// @param whenStored run once the broker has it
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record OutgoingRecord(
    String topic,
    byte[] value,
    Map<String, String> headers,
    long timeMillis,
    Patience patience,
    Runnable whenStored) {
  /// For how long it is tried to send a record.
  public enum Patience {
    /// The newest matter more.
    WHILE_THERE_IS_ROOM,
    /// Until the broker has it or the agent ends; whoever ships such records ships few.
    UNTIL_STORED
  }

  public OutgoingRecord {
    headers = Map.copyOf(headers);
  }

  /// One that gives way to newer ones.
  public OutgoingRecord(String topic, byte[] value, Map<String, String> headers, long timeMillis) {
    this(topic, value, headers, timeMillis, Patience.WHILE_THERE_IS_ROOM, () -> {});
  }

  int bytes() {
    return value.length;
  }

  boolean mayBeDropped() {
    return patience == Patience.WHILE_THERE_IS_ROOM;
  }
}
