package io.fleetward.remediation.guard;

/// What a guard said when it was asked.
///
/// @param objects whether it stands against acting now
/// @param reason why, or why not, for a person
/// @param remedy what would have to change, for a person; empty if it does not object
public record GuardFinding(String guard, boolean objects, String reason, String remedy) {}
