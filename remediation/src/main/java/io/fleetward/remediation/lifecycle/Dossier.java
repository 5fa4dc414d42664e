package io.fleetward.remediation.lifecycle;

import io.fleetward.remediation.proposal.Proposal;
import io.fleetward.remediation.proposal.Terms;
import java.time.Instant;

/// What stays the same through a remediation's whole life.
public record Dossier(String id, Proposal proposal, Terms terms, Instant proposedAt) {}
