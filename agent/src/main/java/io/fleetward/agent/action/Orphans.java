package io.fleetward.agent.action;

import io.fleetward.agent.action.JournalEntry.Running;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Ends what a runner that died left running. A crash has no grace to give: what runs is unattended
/// by now.
final class Orphans {
  /// Names the plan in the environment of everything that was started for it.
  static final String PLAN_VARIABLE = "FLEETWARD_PLAN";

  /// What is ended may just be starting something else.
  private static final int MOST_PASSES = 5;

  private Orphans() {}

  /// Ends the group if it is still the one that was started. While a group has a member its id is
  /// given to no other process; so one whose leader is gone is still ours.
  static void endGroup(Running running, Path procfs) throws IOException {
    if (!Kernel.bootId(procfs).equals(running.bootId())) {
      return;
    }
    Optional<ProcessIdentity> leader = ProcessIdentity.of(procfs, running.group());
    boolean isOurs = leader.isEmpty() || leader.get().start() == running.start();
    if (isOurs) {
      Signal.KILL.sendToGroup(running.group());
    }
  }

  /// Ends every process that was started for a plan, also one whose group the journal had not yet
  /// been told of, or that left the group.
  static void endMarked(String plan, Path procfs) throws IOException {
    byte[] mark = (PLAN_VARIABLE + "=" + plan + "\0").getBytes(StandardCharsets.UTF_8);
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      List<Integer> marked = marked(mark, procfs);
      if (marked.isEmpty()) {
        return;
      }
      marked.forEach(Signal.KILL::sendTo);
    }
  }

  private static List<Integer> marked(byte[] mark, Path procfs) throws IOException {
    List<Integer> marked = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(procfs, "[1-9]*")) {
      for (Path process : processes) {
        int id = Integer.parseInt(process.getFileName().toString());
        if (!ourselves().contains((long) id) && contains(environment(process), mark)) {
          marked.add(id);
        }
      }
    }
    return marked;
  }

  /// This runner and its daemon, which carry a mark themselves if an action started them.
  private static Set<Long> ourselves() {
    ProcessHandle current = ProcessHandle.current();
    return Set.of(current.pid(), current.parent().map(ProcessHandle::pid).orElse(0L));
  }

  private static byte[] environment(Path process) {
    try {
      return Files.readAllBytes(process.resolve("environ"));
    } catch (IOException _) {
      // it has ended, or belongs to a user whose processes this one could not have started
      return new byte[0];
    }
  }

  private static boolean contains(byte[] environment, byte[] mark) {
    for (int at = 0; at + mark.length <= environment.length; at++) {
      boolean begins = at == 0 || environment[at - 1] == 0;
      if (begins && Arrays.equals(environment, at, at + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
