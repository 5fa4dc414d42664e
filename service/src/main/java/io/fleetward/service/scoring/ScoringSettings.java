package io.fleetward.service.scoring;

import io.fleetward.protocol.configuration.Settings;
import io.fleetward.service.fleet.FleetSettings;
import java.time.Duration;

/// How the scoring side works.
///
/// @param applicationId the consumer group of all instances of the service
/// @param refresh how often a firing alert is told again
/// @param grace how long the rest of a scrape is waited for that may come in parts
/// @param standbyReplicas on how many other instances the state of hosts is kept ready
/// @param fleet how hosts are looked at together
/// @param maxSamples how many samples one evaluation of one rule on one host may read
public record ScoringSettings(
    String applicationId,
    Duration refresh,
    Duration grace,
    int standbyReplicas,
    FleetSettings fleet,
    int maxSamples) {
  public static ScoringSettings from(Settings settings) {
    return new ScoringSettings(
        settings.text("scoring.application-id", "fleetward-scoring"),
        settings.duration("scoring.refresh", Duration.ofSeconds(5)),
        settings.duration("scoring.grace", Duration.ofSeconds(10)),
        settings.integer("scoring.standby-replicas", 0, 0, 10),
        FleetSettings.from(settings),
        settings.integer("query.max-samples", 50_000_000, 1, Integer.MAX_VALUE));
  }
}
