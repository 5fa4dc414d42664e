package io.fleetward.service;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Settings;
import io.fleetward.service.api.ApiSettings;
import io.fleetward.service.configuration.SetFolders;
import io.fleetward.service.control.ControlSettings;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.kafka.KafkaSettings;
import io.fleetward.service.scoring.ScoringSettings;

/// Everything that the service is told at start.
///
/// @param effective every key with the value in force, secrets masked
record ServiceSettings(
    KafkaSettings kafka,
    SetFolders folders,
    ScoringSettings scoring,
    ControlSettings control,
    ApiSettings api,
    IngestSettings ingest,
    String effective) {
  /// @throws InvalidConfigurationException with every problem found
  static ServiceSettings from(Settings settings) {
    KafkaSettings kafka = KafkaSettings.from(settings);
    SetFolders folders = SetFolders.from(settings);
    ScoringSettings scoring = ScoringSettings.from(settings);
    ControlSettings control = ControlSettings.from(settings);
    ApiSettings api = ApiSettings.from(settings);
    IngestSettings ingest = IngestSettings.from(settings);
    settings.throwIfInvalid();
    return new ServiceSettings(kafka, folders, scoring, control, api, ingest, settings.effective());
  }
}
