package io.fleetward.service.control;

import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.enrolment.HostKeys;
import java.time.Duration;

/// What the control side decides by and signs with. Immutable, but for the clock that goes on.
///
/// @param undeterminedAfter how long nothing may be heard of an open incident's alerts before
///   nobody can say whether it still lasts
record Mandate(
    PolicySet policies,
    Guards guards,
    BrokerClock clock,
    SigningKey key,
    HostKeys hostKeys,
    Identifiers identifiers,
    Duration undeterminedAfter) {
  Mandate with(PolicySet others) {
    return new Mandate(others, guards, clock, key, hostKeys, identifiers, undeterminedAfter);
  }
}
