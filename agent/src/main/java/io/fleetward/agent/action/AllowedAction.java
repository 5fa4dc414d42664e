package io.fleetward.agent.action;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Something that this host is willing to do. Immutable.
public sealed interface AllowedAction {
  String name();

  /// The most that any plan for it may take.
  Duration timeout();

  Budget budget();

  /// A program with fixed and given arguments, never a shell.
  ///
  /// @param parameters by name, with the pattern that a whole value must match
  /// @param run program and arguments, with `${name}` where a parameter goes
  /// @param precondition must exit with 0 before `run`; empty if there is none
  /// @param evidence read before and after: the independent signal; empty if there is none
  record Command(
      String name,
      Map<String, Pattern> parameters,
      List<String> run,
      List<String> precondition,
      List<String> evidence,
      Duration timeout,
      Budget budget)
      implements AllowedAction {
    public Command {
      parameters = Map.copyOf(parameters);
      run = List.copyOf(run);
      precondition = List.copyOf(precondition);
      evidence = List.copyOf(evidence);
    }
  }

  /// The built-in action that ends one pinned process.
  ///
  /// @param executables patterns of which the whole path of the executable must match one
  /// @param uids users whose processes may be ended; empty for the runner's own, if that is not
  ///   root
  /// @param grace time between TERM and KILL
  record EndProcess(
      List<Pattern> executables,
      List<Integer> uids,
      Duration grace,
      Duration timeout,
      Budget budget)
      implements AllowedAction {
    public static final String NAME = "end-process";

    public EndProcess {
      executables = List.copyOf(executables);
      uids = List.copyOf(uids);
    }

    @Override
    public String name() {
      return NAME;
    }
  }
}
