package io.fleetward.service;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.rules.language.Selectors;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.configuration.ActiveSet;
import io.fleetward.service.configuration.SetFiles;
import io.fleetward.service.control.ControlKeys;
import io.fleetward.service.ingest.RelabelFile;
import java.util.List;
import java.util.Optional;

/// The files that the service needs to begin, read before anything is started, so that a bad one
/// changes nothing.
///
/// @param relabelling of metrics that come over HTTP
record ServiceFiles(
    SetFiles files, ActiveSet set, ControlKeys keys, List<RelabelRule> relabelling) {
  ServiceFiles {
    relabelling = List.copyOf(relabelling);
  }

  /// @throws InvalidConfigurationException with every problem of every file
  static ServiceFiles read(ServiceSettings settings) {
    Problems problems = new Problems();
    SetFiles files = new SetFiles(settings.folders(), Selectors::parse);
    ActiveSet set = files.read(problems);
    Optional<ControlKeys> keys = ControlKeys.read(settings.control(), problems);
    TokensFile.read(settings.api().tokens(), problems);
    List<RelabelRule> relabelling =
        settings.ingest().relabel().map(file -> RelabelFile.read(file, problems)).orElse(List.of());
    problems.throwIfAny();
    return new ServiceFiles(files, set, keys.orElseThrow(), relabelling);
  }
}
