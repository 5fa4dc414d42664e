package io.fleetward.protocol.process;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a daemon (agent, service) was asked on its command line.
public sealed interface ProgramArguments {
  /// Print help and end.
  record Help() implements ProgramArguments {}

  /// Print the version and end.
  record Version() implements ProgramArguments {}

  /// @param message what is wrong and what to write instead
  record Wrong(String message) implements ProgramArguments {}

  /// Read the configuration and run, or only check it.
  ///
  /// @param configuration null without `--config`
  /// @param checkOnly `--check`: tell what is wrong, or print what is in force, and end
  /// @param stopWithParent `--stop-with-parent`: end in order when standard input ends
  record Run(@Nullable Path configuration, boolean checkOnly, boolean stopWithParent)
      implements ProgramArguments {
    /// The file that `--config` names.
    public Optional<Path> configurationFile() {
      return Optional.ofNullable(configuration);
    }

    /// The settings of the file that `--config` names, or of the environment alone.
    ///
    /// @throws InvalidConfigurationException if the file cannot be read
    public Settings settings(Map<String, String> environment) {
      return configuration == null
          ? Settings.of(environment)
          : Settings.load(configuration, environment);
    }
  }

  /// Reads a command line.
  static ProgramArguments parse(String... arguments) {
    Path configuration = null;
    boolean check = false;
    boolean stopWithParent = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> {
          return new Help();
        }
        case "--version", "-V" -> {
          return new Version();
        }
        case "--check" -> check = true;
        case "--stop-with-parent" -> stopWithParent = true;
        case "--config" -> {
          i++;
          if (i == arguments.length) {
            return new Wrong("--config needs a file; write --config FILE");
          }
          configuration = Path.of(arguments[i]);
        }
        default -> {
          return new Wrong("unknown argument \"%s\"; see --help".formatted(arguments[i]));
        }
      }
    }
    return new Run(configuration, check, stopWithParent);
  }
}
