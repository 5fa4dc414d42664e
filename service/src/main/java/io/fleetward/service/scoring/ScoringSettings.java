package io.fleetward.service.scoring;

import io.fleetward.protocol.configuration.Settings;
import io.fleetward.service.fleet.FleetSettings;
import java.time.Duration;

/// How the scoring side works.
///
/// @param applicationId the consumer group of all instances of the service
/// @param refresh how often a firing alert is told again
/// @param fleet how hosts are looked at together
/// @param maxSamples how many samples one evaluation of one rule on one host may read
public record ScoringSettings(
    String applicationId, Duration refresh, FleetSettings fleet, int maxSamples) {
  public static ScoringSettings from(Settings settings) {
    return new ScoringSettings(
        settings.text("scoring.application-id", "fleetward-scoring"),
        settings.duration("scoring.refresh", Duration.ofSeconds(5)),
        FleetSettings.from(settings),
        settings.integer("query.max-samples", 50_000_000, 1, Integer.MAX_VALUE));
  }
}
