package io.fleetward.service.control;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The key that the control side signs with.
public record ControlKeys(SigningKey signingKey) {
  /// Reads the key; what is wrong goes to `problems`, and then there is none.
  public static Optional<ControlKeys> read(ControlSettings settings, Problems problems) {
    Path file = settings.signingKey();
    String name = String.valueOf(file.getFileName());
    String id = name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name;
    try {
      return Optional.of(new ControlKeys(SigningKey.fromPem(id, Files.readString(file))));
    } catch (IOException | InvalidKeyFileException e) {
      problems.add(
          Problem.of(
              file.toString(),
              "is no readable signing key (%s); name a file with an Ed25519 private key in PEM as control.signing-key"
                  .formatted(e.getMessage())));
      return Optional.empty();
    }
  }
}
