package io.fleetward.service.control;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.remediation.policy.ActionCatalogue;
import io.fleetward.remediation.policy.ActionFiles;
import io.fleetward.remediation.policy.PolicyFiles;
import io.fleetward.remediation.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the control side reads before it starts.
record ControlFiles(PolicySet policies, SigningKey signingKey, HostKeyFolder hostKeys) {
  /// @throws InvalidConfigurationException with everything that is wrong with any of the files
  static ControlFiles read(
      ControlSettings settings,
      Function<String, List<LabelMatcher>> selectors,
      InstantSource clock) {
    Problems problems = new Problems();
    ActionCatalogue catalogue = ActionFiles.read(settings.actions(), problems);
    PolicySet policies = new PolicyFiles(catalogue, selectors, problems).read(settings.policies());
    Optional<SigningKey> key = signingKey(settings.signingKey(), problems);
    Optional<HostKeyFolder> hostKeys = hostKeys(settings.hostKeys(), clock, problems);
    problems.throwIfAny();
    return new ControlFiles(policies, key.orElseThrow(), hostKeys.orElseThrow());
  }

  private static Optional<SigningKey> signingKey(Path file, Problems problems) {
    String name = String.valueOf(file.getFileName());
    String id = name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name;
    try {
      return Optional.of(SigningKey.fromPem(id, Files.readString(file)));
    } catch (IOException | InvalidKeyFileException e) {
      problems.add(
          Problem.of(
              file.toString(),
              "is no readable signing key (%s); name a file with an Ed25519 private key in PEM as control.signing-key"
                  .formatted(e.getMessage())));
      return Optional.empty();
    }
  }

  private static Optional<HostKeyFolder> hostKeys(
      Path folder, InstantSource clock, Problems problems) {
    try {
      return Optional.of(new HostKeyFolder(folder, clock));
    } catch (IOException | InvalidKeyFileException e) {
      problems.add(
          Problem.of(
              folder.toString(),
              "is no readable folder of host keys (%s); name one with a file INSTANCE.pem for each host as control.host-keys"
                  .formatted(e.getMessage())));
      return Optional.empty();
    }
  }
}
