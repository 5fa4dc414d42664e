package io.fleetward.protocol.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A process' configuration: environment over file over default. Confined to one thread.
///
/// A key such as `kafka.bootstrap-servers` is read from the environment variable
/// `FLEETWARD_KAFKA_BOOTSTRAP_SERVERS`, else from the properties file, else has its default. Each
/// settings record takes its keys; [#throwIfInvalid] then tells all problems at once, unknown keys
/// included.
public final class Settings {
  private static final Pattern SECRET = Pattern.compile("password|secret|jaas|token|key$");

  private final String file;
  private final Map<String, String> fileValues;
  private final Map<String, String> environment;
  private final TreeMap<String, String> effective = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private Settings(String file, Map<String, String> fileValues, Map<String, String> environment) {
    this.file = file;
    this.fileValues = Map.copyOf(fileValues);
    this.environment = Map.copyOf(environment);
  }

  /// Settings without a file.
  public static Settings of(Map<String, String> environment) {
    return new Settings("the environment", Map.of(), environment);
  }

  /// Settings from a properties file and the environment.
  ///
  /// @throws InvalidConfigurationException if the file cannot be read
  public static Settings load(Path file, Map<String, String> environment) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          List.of(
              Problem.of(
                  file.toString(),
                  "cannot be read (%s: %s); name a readable properties file in UTF-8"
                      .formatted(e.getClass().getSimpleName(), e.getMessage()))));
    }
    Map<String, String> values = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      values.put(name, properties.getProperty(name).strip());
    }
    return new Settings(file.toString(), values, environment);
  }

  private static String variableOf(String key) {
    return "FLEETWARD_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private Optional<String> lookUp(String key) {
    String value = environment.getOrDefault(variableOf(key), fileValues.getOrDefault(key, ""));
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /// A text that must be set; empty, with a problem, if it is not.
  public String text(String key) {
    Optional<String> value = lookUp(key);
    if (value.isEmpty()) {
      problems.add(
          Problem.of(file, "%s is missing; set it there or as %s".formatted(key, variableOf(key))));
    }
    effective.put(key, value.orElse(""));
    return value.orElse("");
  }

  public String text(String key, String fallback) {
    String value = lookUp(key).orElse(fallback);
    effective.put(key, value);
    return value;
  }

  /// A text that is not written to logs.
  public String secret(String key, String fallback) {
    String value = text(key, fallback);
    effective.put(key, value.isEmpty() ? "" : "********");
    return value;
  }

  /// Every value whose key begins with a prefix, by the rest of its key: names that somebody else
  /// defines. A variable's underscores become dots. Values of keys that sound like secrets are not
  /// written to logs.
  ///
  /// @param prefix with the dot at its end
  public SortedMap<String, String> withPrefix(String prefix) {
    TreeMap<String, String> found = new TreeMap<>();
    for (String key : fileValues.keySet()) {
      if (key.startsWith(prefix) && key.length() > prefix.length()) {
        found.put(key.substring(prefix.length()), "");
      }
    }
    String variablePrefix = variableOf(prefix);
    for (String variable : environment.keySet()) {
      if (variable.startsWith(variablePrefix) && variable.length() > variablePrefix.length()) {
        String rest = variable.substring(variablePrefix.length());
        found.put(rest.replace('_', '.').toLowerCase(Locale.ROOT), "");
      }
    }
    found.replaceAll((rest, _) ->
        SECRET.matcher(rest).find() ? secret(prefix + rest, "") : text(prefix + rest, ""));
    return found;
  }

  /// The names that stand between a prefix and a dot in the keys of the file: `a` and `b` for
  /// `x.a.url` and `x.b.url`.
  ///
  /// @param prefix with the dot at its end
  public SortedSet<String> groups(String prefix) {
    TreeSet<String> names = new TreeSet<>();
    for (String key : fileValues.keySet()) {
      int dot = key.indexOf('.', prefix.length());
      if (key.startsWith(prefix) && dot > prefix.length()) {
        names.add(key.substring(prefix.length(), dot));
      }
    }
    return names;
  }

  public Path path(String key) {
    return pathOf(key, text(key));
  }

  public Path path(String key, Path fallback) {
    return pathOf(key, text(key, fallback.toString()));
  }

  private Path pathOf(String key, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException _) {
      reject(key, value, "the path of a file");
      return Path.of("");
    }
  }

  public Duration duration(String key, Duration fallback) {
    String value = text(key, PrometheusDuration.format(fallback));
    return PrometheusDuration.parse(value)
        .orElseGet(() -> {
          reject(key, value, "a duration like 10s, 5m or 1h30m");
          return fallback;
        });
  }

  /// `true` or `false`.
  public boolean flag(String key, boolean fallback) {
    String value = text(key, Boolean.toString(fallback));
    if (!value.equals("true") && !value.equals("false")) {
      reject(key, value, "true or false");
      return fallback;
    }
    return value.equals("true");
  }

  /// A whole number within bounds, both inclusive.
  public int integer(String key, int fallback, int least, int most) {
    String value = text(key, Integer.toString(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below, together with numbers out of bounds
    }
    reject(key, value, "a whole number from %d to %d".formatted(least, most));
    return fallback;
  }

  /// An address to listen on, `host:port`; port 0 takes a free one.
  public ListenAddress address(String key, ListenAddress fallback) {
    String value = text(key, fallback.toString());
    return ListenAddress.parse(value)
        .orElseGet(() -> {
          reject(key, value, "host:port, such as 127.0.0.1:7480");
          return fallback;
        });
  }

  private void reject(String key, String value, String expected) {
    problems.add(Problem.of(file, "%s is \"%s\"; write %s".formatted(key, value, expected)));
  }

  /// Adds a problem that only the reader of a key could see.
  public void problem(String key, String message) {
    problems.add(Problem.of(file, key + " " + message));
  }

  /// @throws InvalidConfigurationException with every problem found so far and every unknown key
  public void throwIfInvalid() {
    TreeSet<String> unknown = new TreeSet<>(fileValues.keySet());
    unknown.removeAll(effective.keySet());
    for (String key : unknown) {
      problems.add(
          Problem.of(
              file,
              "unknown key \"%s\"; known: %s"
                  .formatted(key, String.join(", ", effective.keySet()))));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  /// Every key with the value in force, secrets masked, for the log at start.
  public String effective() {
    return effective.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
