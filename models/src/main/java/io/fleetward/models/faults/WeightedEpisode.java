package io.fleetward.models.faults;

/// An episode and how much it counts.
///
/// @param weight above 0
record WeightedEpisode(Episode episode, double weight) {}
