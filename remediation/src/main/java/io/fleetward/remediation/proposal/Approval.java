package io.fleetward.remediation.proposal;

import java.time.Instant;

/// A person's yes to one exact proposal.
///
/// @param proposalHash of the proposal that was shown; void for any other
public record Approval(String person, String proposalHash, String reason, Instant at) {}
