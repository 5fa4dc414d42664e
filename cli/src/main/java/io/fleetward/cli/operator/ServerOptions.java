package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which service to ask, and with which token.
final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:7480",
      description = "The service's address; default ${DEFAULT-VALUE}.")
  private String server = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "The file with the token; default $FLEETWARD_TOKEN_FILE,",
        "else ~/.config/fleetward/token."
      })
  private @Nullable Path tokenFile;

  FleetwardClient client(Surroundings surroundings) {
    return new FleetwardClient(serverAddress(), token(surroundings));
  }

  private URI serverAddress() {
    try {
      URI address = URI.create(server);
      String scheme = address.getScheme();
      if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new BadInputException(
        "--server is \"%s\"; write an address like http://127.0.0.1:7480".formatted(server));
  }

  private String token(Surroundings surroundings) {
    Path file = tokenFile == null ? defaultFile(surroundings) : tokenFile;
    try {
      String token = Files.readString(file).strip();
      if (!token.matches("[!-~]+")) {
        throw new BadInputException(
            "%s holds no token; write one line, flw_…, into it".formatted(file));
      }
      return token;
    } catch (NoSuchFileException _) {
      throw new BadInputException(
          "no token: %s does not exist; make one with fleetward token and save it there, or name its file with --token-file"
              .formatted(file));
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read (%s); name a readable file with --token-file".formatted(file, e));
    }
  }

  private static Path defaultFile(Surroundings surroundings) {
    String file = surroundings.environment().getOrDefault("FLEETWARD_TOKEN_FILE", "");
    return file.isEmpty() ? surroundings.home().resolve(".config/fleetward/token") : Path.of(file);
  }
}
