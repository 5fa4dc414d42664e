package io.fleetward.bench;

/// A number that was measured, without a judgement.
///
/// @param unit of the number, such as `ns/sample`
public record Figure(String name, double value, String unit) {}
