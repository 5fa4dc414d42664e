package io.fleetward.service.kafka;

/// Kafka cannot be used as the configuration says; the message says how to mend it.
public final class KafkaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KafkaUnavailableException(String message) {
    super(message);
  }
}
