package io.fleetward.service.control;

import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.remediation.policy.PolicySet;

/// What the control side decides by and signs with. Immutable, but for the clock that goes on.
record Mandate(PolicySet policies, BrokerClock clock, SigningKey key, Identifiers identifiers) {}
