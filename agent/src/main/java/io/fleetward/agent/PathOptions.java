package io.fleetward.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options `--path.procfs`, `--path.sysfs` and `--path.rootfs`, named as in node_exporter. They
/// are settings like others and go over the environment.
///
/// @param settings environment variables that stand for the options given
/// @param rest the words that are none of them
record PathOptions(Map<String, String> settings, List<String> rest) {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "--path.procfs", "FLEETWARD_AGENT_PROCFS",
          "--path.sysfs", "FLEETWARD_AGENT_SYSFS",
          "--path.rootfs", "FLEETWARD_AGENT_ROOTFS");

  PathOptions {
    settings = Map.copyOf(settings);
    rest = List.copyOf(rest);
  }

  /// Takes them out of a command line, written `--path.sysfs=FOLDER` or `--path.sysfs FOLDER`.
  static PathOptions take(String... words) {
    Map<String, String> settings = new HashMap<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      Optional<String> variable = Optional.ofNullable(VARIABLES.get(name));
      if (variable.isEmpty() || (equals < 0 && i + 1 == words.length)) {
        rest.add(words[i]);
      } else {
        settings.put(variable.get(), equals < 0 ? words[++i] : words[i].substring(equals + 1));
      }
    }
    return new PathOptions(settings, rest);
  }

  /// The environment with these settings over it.
  Map<String, String> over(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(settings);
    return all;
  }
}
