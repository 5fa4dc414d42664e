package io.fleetward.rules.series;

/// How long the samples of a series are kept.
///
/// @param samplesMillis how long after newer ones came
/// @param newestMillis how long the newest one, at least as long as the others
record Keeping(long samplesMillis, long newestMillis) {
  Keeping {
    newestMillis = Math.max(samplesMillis, newestMillis);
  }
}
