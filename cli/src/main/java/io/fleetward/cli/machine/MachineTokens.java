package io.fleetward.cli.machine;

import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The tokens of this machine: that of the person who sits at it, who may look and approve, and
/// that by which the machine enrols itself. Immutable.
///
/// @param approver the person's secret
/// @param approverFile where it is kept, readable by its owner only
/// @param keeper the machine's secret, an admin's
public record MachineTokens(String approver, Path approverFile, String keeper) {
  private static final String KEEPER = "machine";

  /// Reads the tokens, or makes them and adds their digests to the tokens file.
  ///
  /// @throws MachineException if the files cannot be read or written
  public static MachineTokens prepare(MachineFiles files) {
    boolean isNew = !Files.exists(files.tokens());
    Path file = files.approverToken();
    return new MachineTokens(
        secret(files, file, isNew, personName(), Role.APPROVER),
        file,
        secret(files, files.keeperToken(), isNew, KEEPER, Role.ADMIN));
  }

  private static String secret(
      MachineFiles files, Path file, boolean isNew, String person, Role role) {
    try {
      if (isNew || !Files.exists(file)) {
        NewToken made = Tokens.create(person, Set.of(role));
        TokensFile.add(files.tokens(), made.entry());
        MachineFiles.writeSecret(file, made.secret() + "\n");
      }
      return Files.readString(file).strip();
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
