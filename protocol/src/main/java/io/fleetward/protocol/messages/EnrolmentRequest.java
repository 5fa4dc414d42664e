package io.fleetward.protocol.messages;

/// What a host signs to be enrolled, so that it shows that it has the key.
///
/// @param instance the host's identity
/// @param exchange its public half of the exchange that gives the scrape key
public record EnrolmentRequest(String instance, String exchange) {
  /// By which name the key signs that the host shows: the service does not know it by another yet.
  public static final String KEY_ID = "enrolment";
}
