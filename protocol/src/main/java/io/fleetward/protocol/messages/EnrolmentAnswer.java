package io.fleetward.protocol.messages;

/// What the service answers to a host that it has enrolled.
///
/// @param fingerprint of the host's key, as it is recorded
/// @param exchange the service's public half of the exchange that gives the scrape key
public record EnrolmentAnswer(String instance, String fingerprint, String exchange) {}
