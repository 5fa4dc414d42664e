package io.fleetward.cli.machine;

import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The token of the person at this machine, who may look and approve. Immutable.
///
/// @param approver the secret
/// @param approverFile where it is kept, readable by its owner only
public record MachineTokens(String approver, Path approverFile) {
  /// Reads the token, or makes one and adds its digest to the tokens file.
  ///
  /// @throws MachineException if the files cannot be read or written
  public static MachineTokens prepare(MachineFiles files) {
    Path file = files.approverToken();
    try {
      if (!Files.exists(file) || !Files.exists(files.tokens())) {
        NewToken made = Tokens.create(personName(), Set.of(Role.APPROVER));
        TokensFile.add(files.tokens(), made.entry());
        MachineFiles.writeSecret(file, made.secret() + "\n");
      }
      return new MachineTokens(Files.readString(file).strip(), file);
    } catch (IOException e) {
      throw new MachineException(
          "the token %s cannot be used: %s; make it readable or remove it"
              .formatted(file, e.getMessage()));
    }
  }

  private static String personName() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._@+-]", "");
    return user.isEmpty() ? "person" : user;
  }

  @Override
  public String toString() {
    return "MachineTokens[%s]".formatted(approverFile);
  }
}
