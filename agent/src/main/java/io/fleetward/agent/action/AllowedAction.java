package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import io.fleetward.protocol.configuration.PrometheusDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that this host is willing to do. Immutable.
public sealed interface AllowedAction {
  String name();

  /// The most that any plan for it may take.
  Duration timeout();

  Budget budget();

  /// What is wrong with a plan's parameters; empty if this host takes them.
  Optional<String> parameterProblem(Map<String, String> given);

  /// A program with fixed and given arguments, never a shell.
  ///
  /// @param parameters by name, with the pattern that a whole value must match
  /// @param run program and arguments, with `${name}` where a parameter goes
  /// @param precondition must exit with 0 before `run`; empty if there is none
  /// @param evidence read before and after: the independent signal; empty if there is none
  /// @param confinement as whom and within which limits `run` runs
  record Command(
      String name,
      Map<String, Pattern> parameters,
      List<String> run,
      List<String> precondition,
      List<String> evidence,
      Confinement confinement,
      Duration timeout,
      Budget budget)
      implements AllowedAction {
    private static final int MOST_PARAMETER_LENGTH = 4096;

    public Command {
      parameters = Map.copyOf(parameters);
      run = List.copyOf(run);
      precondition = List.copyOf(precondition);
      evidence = List.copyOf(evidence);
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      if (!parameters.keySet().equals(given.keySet())) {
        return Optional.of(
            "takes the parameters %s, not %s".formatted(parameters.keySet(), given.keySet()));
      }
      for (Map.Entry<String, Pattern> entry : parameters.entrySet()) {
        String value = String.valueOf(given.get(entry.getKey()));
        boolean isPlain =
            value.length() <= MOST_PARAMETER_LENGTH
                && value.chars().noneMatch(Character::isISOControl);
        if (!isPlain || !entry.getValue().matches(value)) {
          return Optional.of(
              "parameter %s does not match \"%s\"".formatted(entry.getKey(), entry.getValue()));
        }
      }
      return Optional.empty();
    }
  }

  /// The built-in action that ends one pinned process.
  ///
  /// @param executables patterns of which the whole path of the executable must match one
  /// @param uids users whose processes may be ended; empty for the runner's own, if that is not
  ///   root
  /// @param units patterns of systemd's units of which the process' must match one; empty for any
  /// @param grace time between TERM and KILL
  record EndProcess(
      List<Pattern> executables,
      List<Integer> uids,
      List<Pattern> units,
      Duration grace,
      Duration timeout,
      Budget budget)
      implements AllowedAction {
    public static final String NAME = "end-process";

    public EndProcess {
      executables = List.copyOf(executables);
      uids = List.copyOf(uids);
      units = List.copyOf(units);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      return PinnedProcess.problem(this, given);
    }
  }

  /// The built-in action that deletes old files.
  ///
  /// @param folders the only ones, with what is below them
  /// @param names patterns of which a file's whole name must match one
  /// @param olderThan no younger file goes, whatever a plan says
  /// @param mostFiles that one plan may delete
  record DeleteOldFiles(
      List<Path> folders,
      List<Pattern> names,
      Duration olderThan,
      int mostFiles,
      Duration timeout,
      Budget budget)
      implements AllowedAction {
    public static final String NAME = "delete-old-files";
    static final String FOLDER = "folder";
    static final String OLDER_THAN = "older_than";

    public DeleteOldFiles {
      folders = List.copyOf(folders);
      names = List.copyOf(names);
    }

    @Override
    public String name() {
      return NAME;
    }

    static Duration age(Map<String, String> parameters) {
      return PrometheusDuration.parse(parameters.getOrDefault(OLDER_THAN, ""))
          .orElse(Duration.ZERO);
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      if (given.size() != 2 || !given.containsKey(FOLDER) || !given.containsKey(OLDER_THAN)) {
        return Optional.of(
            "takes the parameters [%s, %s], not %s".formatted(FOLDER, OLDER_THAN, given.keySet()));
      }
      String folder = given.getOrDefault(FOLDER, "");
      if (folders.stream().noneMatch(known -> known.toString().equals(folder))) {
        return Optional.of("folder \"%s\" is none of %s".formatted(folder, folders));
      }
      return age(given).compareTo(olderThan) < 0
          ? Optional.of(
              "older_than \"%s\" is less than %s, or no duration"
                  .formatted(
                      given.getOrDefault(OLDER_THAN, ""), PrometheusDuration.format(olderThan)))
          : Optional.empty();
    }
  }

  /// The built-in action that removes a lock file which nobody holds.
  ///
  /// @param files whole paths, the only ones
  record DropLock(List<Path> files, Duration olderThan, Duration timeout, Budget budget)
      implements AllowedAction {
    public static final String NAME = "drop-lock";
    static final String FILE = "file";

    public DropLock {
      files = List.copyOf(files);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      String file = given.getOrDefault(FILE, "");
      return given.size() == 1 && files.stream().anyMatch(known -> known.toString().equals(file))
          ? Optional.empty()
          : Optional.of("takes the parameter file, one of %s, not %s".formatted(files, given));
    }
  }

  /// The built-in action that writes down how the host is.
  record CollectDiagnostics(Duration timeout, Budget budget) implements AllowedAction {
    public static final String NAME = "collect-diagnostics";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      return noneTaken(given);
    }
  }

  /// The built-in action that restarts the host.
  ///
  /// @param run program and arguments that ask for it
  record Reboot(List<String> run, Duration timeout, Budget budget) implements AllowedAction {
    public static final String NAME = "reboot";

    public Reboot {
      run = List.copyOf(run);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Optional<String> parameterProblem(Map<String, String> given) {
      return noneTaken(given);
    }
  }

  private static Optional<String> noneTaken(Map<String, String> given) {
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of("takes no parameters, not " + given.keySet());
  }
}
