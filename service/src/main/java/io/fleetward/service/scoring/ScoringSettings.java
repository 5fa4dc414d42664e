package io.fleetward.service.scoring;

import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;

/// What the scoring side reads and how often it repeats itself.
///
/// @param rules folder of Prometheus rule files
/// @param models folder of model specifications
/// @param state folder that Kafka Streams may use
/// @param applicationId the consumer group of all instances of the service
/// @param refresh how often a firing alert is told again
public record ScoringSettings(
    Path rules, Path models, Path state, String applicationId, Duration refresh) {
  public static ScoringSettings from(Settings settings) {
    return new ScoringSettings(
        settings.path("scoring.rules"),
        settings.path("scoring.models"),
        settings.path("scoring.state", Path.of("/var/lib/fleetward/streams")),
        settings.text("scoring.application-id", "fleetward-scoring"),
        settings.duration("scoring.refresh", Duration.ofSeconds(5)));
  }
}
