package io.fleetward.rules.histogram;

/// How many observations lie between two bounds; either may be infinite.
public record Bucket(double lower, double upper, double count) {}
