package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.CollectDiagnostics;
import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.agent.action.AllowedAction.DeleteOldFiles;
import io.fleetward.agent.action.AllowedAction.DropLock;
import io.fleetward.agent.action.AllowedAction.EndProcess;
import io.fleetward.agent.action.AllowedAction.Reboot;
import io.fleetward.agent.linux.Kernel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes built-in actions ready for the parameters of one plan.
///
/// @param state the runner's state folder
/// @param agent the daemon's process id, which is not to be ended
/// @param stop asked while a program runs
record BuiltIns(Path state, Path procfs, int agent, StopRequest stop) {
  /// @param parameters in which [AllowedAction#parameterProblem] found none
  /// @param plan the plan's id
  BuiltInExecution of(AllowedAction action, Map<String, String> parameters, String plan) {
    return switch (action) {
      case EndProcess endProcess ->
          new EndProcessExecution(
              endProcess,
              PinnedProcess.of(parameters),
              procfs,
              Kernel.userId(),
              Set.copyOf(List.of((int) ProcessHandle.current().pid(), agent)));
      case DeleteOldFiles delete -> new DeleteOldFilesExecution(delete, parameters, Instant.now());
      case DropLock drop -> new DropLockExecution(drop, parameters, procfs, Instant.now());
      case CollectDiagnostics _ -> new DiagnosticsExecution(new Diagnostics(state, procfs), plan);
      case Reboot reboot -> new RebootExecution(reboot, new ProcessGroup(stop, plan), procfs);
      case Command command ->
          throw new IllegalArgumentException("%s is a command".formatted(command.name()));
    };
  }
}
