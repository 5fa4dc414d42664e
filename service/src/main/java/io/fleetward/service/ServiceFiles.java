package io.fleetward.service;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.language.Selectors;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.configuration.ActiveSet;
import io.fleetward.service.configuration.SetFiles;
import io.fleetward.service.control.ControlKeys;
import java.time.InstantSource;
import java.util.Optional;

/// The files that the service needs to begin, read before anything is started, so that a bad one
/// changes nothing.
record ServiceFiles(SetFiles files, ActiveSet set, ControlKeys keys) {
  /// @throws InvalidConfigurationException with every problem of every file
  static ServiceFiles read(ServiceSettings settings) {
    Problems problems = new Problems();
    SetFiles files = new SetFiles(settings.folders(), Selectors::parse);
    ActiveSet set = files.read(problems);
    Optional<ControlKeys> keys =
        ControlKeys.read(settings.control(), InstantSource.system(), problems);
    TokensFile.read(settings.api().tokens(), problems);
    problems.throwIfAny();
    return new ServiceFiles(files, set, keys.orElseThrow());
  }
}
