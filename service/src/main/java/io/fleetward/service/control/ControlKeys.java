package io.fleetward.service.control;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The keys that the control side signs with and trusts.
public record ControlKeys(SigningKey signingKey, HostKeyFolder hostKeys) {
  /// Reads the keys; what is wrong goes to `problems`, and then there are none.
  public static Optional<ControlKeys> read(
      ControlSettings settings, InstantSource clock, Problems problems) {
    Optional<SigningKey> key = signingKey(settings.signingKey(), problems);
    Optional<HostKeyFolder> hostKeys = hostKeys(settings.hostKeys(), clock, problems);
    return key.flatMap(own -> hostKeys.map(hosts -> new ControlKeys(own, hosts)));
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
