package io.fleetward.agent;

import java.nio.file.Path;
import java.util.Optional;

/// What the command line asks for.
sealed interface Arguments {
  String USAGE =
      """
      Usage: fleetward agent [--config FILE] [--check] [--stop-with-parent] [--help] [--version]

      Collects this host's metrics, sends them to Kafka, and runs signed plans that the host's own
      allow-list permits.

        --config FILE        properties file; FLEETWARD_... variables go over it
        --check              check configuration and allow-list, print what is in force, and end
        --stop-with-parent   end in good order when standard input ends
        --help, --version

      Exit status: 0 done, 2 bad configuration, 4 an address or folder cannot be used.
      """;

  record Help() implements Arguments {}

  record Version() implements Arguments {}

  record Check(Optional<Path> config) implements Arguments {}

  record Run(Optional<Path> config, boolean stopsWithParent) implements Arguments {}

  /// @param problem what is wrong and what to write instead
  record Unusable(String problem) implements Arguments {}

  static Arguments parse(String... words) {
    Optional<Path> config = Optional.empty();
    boolean isCheck = false;
    boolean stopsWithParent = false;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--help", "-h" -> {
          return new Help();
        }
        case "--version" -> {
          return new Version();
        }
        case "--check" -> isCheck = true;
        case "--stop-with-parent" -> stopsWithParent = true;
        case "--config" -> {
          if (++i == words.length) {
            return new Unusable("--config needs a file; write --config FILE");
          }
          config = Optional.of(Path.of(words[i]));
        }
        default -> {
          return new Unusable("unknown argument \"%s\"; see --help".formatted(words[i]));
        }
      }
    }
    return isCheck ? new Check(config) : new Run(config, stopsWithParent);
  }
}
