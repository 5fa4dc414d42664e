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
    /// While the broker is there. Whoever ships such a record says it anew when it comes back.
    NOW_OR_NEVER,
    /// As long as there is room in the spool; the newest matter more.
    WHILE_THERE_IS_ROOM,
    /// Until the broker has it or the agent ends; whoever ships such records ships few.
    UNTIL_STORED
  }

  public OutgoingRecord {
    headers = Map.copyOf(headers);
  }

  /// One of which nobody is told when it is stored.
  public OutgoingRecord(
      String topic, byte[] value, Map<String, String> headers, long timeMillis, Patience patience) {
    this(topic, value, headers, timeMillis, patience, () -> {});
  }

  int bytes() {
    return value.length;
  }

  boolean mayBeDropped() {
    return patience != Patience.UNTIL_STORED;
  }
}
