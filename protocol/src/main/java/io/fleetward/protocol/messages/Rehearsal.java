package io.fleetward.protocol.messages;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/// A question to one host: what would this do now? Travels only inside a signed envelope of a type
/// of its own, which no host executes.
///
/// @param id the answer names it
/// @param remediation the remediation it belongs to
/// @param hostKey fingerprint of the host's key, as in a plan
/// @param parameters as a plan's would be
/// @param expiresAt at most [Plan#LIFETIME] after `issuedAt`; both in the broker's time
public record Rehearsal(
    String id,
    String remediation,
    String instance,
    String hostKey,
    String action,
    Map<String, String> parameters,
    Instant issuedAt,
    Instant expiresAt) {
  public Rehearsal {
    parameters = Map.copyOf(parameters);
    if (id.isEmpty() || instance.isEmpty() || hostKey.isEmpty() || action.isEmpty()) {
      throw new IllegalArgumentException(
          "a rehearsal needs an id, an instance, the fingerprint of its host's key and an action");
    }
    boolean isLong =
        Stream.of(id, remediation, instance, hostKey, action)
                .anyMatch(text -> text.length() > Plan.LONGEST_NAME)
            || parameters.size() > Plan.MOST_PARAMETERS
            || parameters.keySet().stream().anyMatch(name -> name.length() > Plan.LONGEST_NAME)
            || parameters.values().stream().anyMatch(value -> value.length() > Plan.LONGEST_VALUE);
    if (isLong) {
      throw new IllegalArgumentException("a rehearsal is no longer than a plan may be");
    }
    if (expiresAt.isBefore(issuedAt) || expiresAt.isAfter(issuedAt.plus(Plan.LIFETIME))) {
      throw new IllegalArgumentException("a rehearsal lives at most " + Plan.LIFETIME);
    }
  }
}
