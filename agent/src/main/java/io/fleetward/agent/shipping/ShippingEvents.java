package io.fleetward.agent.shipping;

import io.fleetward.agent.spool.SpoolEvents;

/// Hears what becomes of records. Called on threads of shipping and on the producer's.
public interface ShippingEvents extends SpoolEvents {
  void produced(String topic);

  /// Records wait on the disk for the broker.
  void spooled(int count);

  /// @param reason `queue-full`, `refused-by-broker` or `broker-away`
  void dropped(String reason, int count);

  /// The spool could not be written; what should have gone there waits in memory.
  void spoolFailed(String reason);

  /// The broker took a record for the first time, or again after it had been away.
  void connected();
}
