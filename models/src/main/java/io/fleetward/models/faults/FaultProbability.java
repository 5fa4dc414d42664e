package io.fleetward.models.faults;

/// How probable it is that an episode is of a kind.
///
/// @param probability 0 to 1; of [FaultKind#UNKNOWN] the probability that the next in the list is
///   wrong
public record FaultProbability(FaultKind kind, double probability) {}
