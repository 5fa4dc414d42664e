package io.fleetward.agent.action;

import io.fleetward.agent.action.JournalEntry.Running;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.linux.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Ends the process group of a runner that died.
final class Orphans {
  private Orphans() {}

  /// Ends the group if it is still the one that was started. While a group has a member its id is
  /// given to no other process; so one whose leader is gone is still ours.
  static void end(Running running, Path procfs) throws IOException {
    if (!Kernel.bootId(procfs).equals(running.bootId())) {
      return;
    }
    Optional<ProcessIdentity> leader = ProcessIdentity.of(procfs, running.group());
    boolean isOurs = leader.isEmpty() || leader.get().start() == running.start();
    if (isOurs) {
      // a crash has no grace to give: what runs is unattended by now
      Signal.KILL.sendToGroup(running.group());
    }
  }
}
