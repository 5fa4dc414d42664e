package io.fleetward.agent.shipping;

import java.util.Map;

/// A record on its way to Kafka, keyed with the host's instance.
///
/// @param timeMillis the record's own time, on the host's clock
/// @param whenStored run once the broker has it
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record OutgoingRecord(
    String topic, byte[] value, Map<String, String> headers, long timeMillis, Runnable whenStored) {
  public OutgoingRecord {
    headers = Map.copyOf(headers);
  }

  int bytes() {
    return value.length;
  }
}
