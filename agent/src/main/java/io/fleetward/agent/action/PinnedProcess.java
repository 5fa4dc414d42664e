package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import io.fleetward.agent.action.AllowedAction.EndProcess;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Exactly one incarnation of a process: no other can have the same five.
///
/// @param start clock ticks after boot at which it started
record PinnedProcess(int pid, long start, String executable, int uid, String bootId) {
  private static final Set<String> NAMES = Set.of("pid", "start", "executable", "uid", "boot_id");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  /// What is wrong with a plan's parameters; empty if they pin a process that the allow-list knows.
  static Optional<String> problem(EndProcess action, Map<String, String> parameters) {
    if (!parameters.keySet().equals(NAMES)) {
      return Optional.of("takes the parameters %s, not %s".formatted(NAMES, parameters.keySet()));
    }
    for (String name : new String[] {"pid", "start", "uid"}) {
      if (!NUMBER.matches(text(parameters, name))) {
        return Optional.of("%s is no number".formatted(name));
      }
    }
    if (number(parameters, "pid") > Integer.MAX_VALUE
        || number(parameters, "uid") > Integer.MAX_VALUE) {
      return Optional.of("pid or uid is too large");
    }
    String executable = text(parameters, "executable");
    boolean isKnown = action.executables().stream().anyMatch(known -> known.matches(executable));
    return isKnown
        ? Optional.empty()
        : Optional.of("executable \"%s\" matches no pattern of the list".formatted(executable));
  }

  /// Reads parameters in which [#problem] found none.
  static PinnedProcess of(Map<String, String> parameters) {
    return new PinnedProcess(
        (int) number(parameters, "pid"),
        number(parameters, "start"),
        text(parameters, "executable"),
        (int) number(parameters, "uid"),
        text(parameters, "boot_id"));
  }

  private static String text(Map<String, String> parameters, String name) {
    return parameters.getOrDefault(name, "");
  }

  private static long number(Map<String, String> parameters, String name) {
    return Long.parseLong(text(parameters, name));
  }
}
