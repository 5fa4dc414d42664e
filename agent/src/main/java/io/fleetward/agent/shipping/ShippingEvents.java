package io.fleetward.agent.shipping;

/// Hears what becomes of records. Called on the shipping thread and on the producer's.
public interface ShippingEvents {
  void produced(String topic);

  /// @param reason `queue-full`, `expired` or `refused-by-broker`
  void dropped(String reason, int count);

  /// The broker took a record for the first time, or again after it had been away.
  void connected();
}
