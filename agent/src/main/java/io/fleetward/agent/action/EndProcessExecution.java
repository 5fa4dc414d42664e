package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.EndProcess;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.linux.ProcessHold;
import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.agent.linux.Signal;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ends one pinned process: looks at it, takes hold of it, looks again through the hold's promise
/// that it is still the same, then signals. Confined to one thread.
///
/// @param ownUser the runner's real user
/// @param protectedPids processes that, with their ancestors, are never ended: runner and agent
record EndProcessExecution(
    EndProcess action, PinnedProcess pinned, Path procfs, int ownUser, Set<Integer> protectedPids)
    implements BuiltInExecution {
  private static final int KERNEL_THREADS_PARENT = 2;
  private static final Duration AFTER_KILL = Duration.ofSeconds(2);

  EndProcessExecution {
    protectedPids = Set.copyOf(protectedPids);
  }

  @Override
  public Optional<Objection> objection() {
    try {
      if (pinned.pid() <= 1) {
        return Objection.forbidden("process %d is never ended".formatted(pinned.pid()));
      }
      if (!Kernel.bootId(procfs).equals(pinned.bootId())) {
        return Objection.gone("the host has been restarted since");
      }
      Optional<ProcessIdentity> found = ProcessIdentity.of(procfs, pinned.pid());
      if (found.isEmpty() || found.get().hasEnded()) {
        return Objection.gone("there is no process %d".formatted(pinned.pid()));
      }
      return differs(found.get()).or(() -> isProtected(found.get()));
    } catch (IOException e) {
      return Objection.gone(
          "process %d cannot be looked at: %s".formatted(pinned.pid(), e.getMessage()));
    }
  }

  private Optional<Objection> differs(ProcessIdentity found) {
    if (found.start() != pinned.start()) {
      return Objection.gone(
          "process %d is another now: it started at %d, not %d"
              .formatted(pinned.pid(), found.start(), pinned.start()));
    }
    if (!found.executable().equals(pinned.executable())) {
      return Objection.gone(
          "process %d runs \"%s\", not \"%s\""
              .formatted(pinned.pid(), found.executable(), pinned.executable()));
    }
    return found.uid() == pinned.uid()
        ? Optional.empty()
        : Objection.gone(
            "process %d belongs to user %d, not %d"
                .formatted(pinned.pid(), found.uid(), pinned.uid()));
  }

  private Optional<Objection> isProtected(ProcessIdentity found) {
    if (found.kernelThread() || found.parent() == KERNEL_THREADS_PARENT) {
      return Objection.forbidden("a thread of the kernel is never ended");
    }
    Path program = Path.of(found.executable()).getFileName();
    if (found.name().startsWith("sshd")
        || (program != null && program.toString().startsWith("sshd"))) {
      return Objection.forbidden("sshd is never ended");
    }
    boolean isAllowedUser =
        action.uids().isEmpty()
            ? found.uid() == ownUser && ownUser != 0
            : action.uids().contains(found.uid());
    if (!isAllowedUser) {
      return Objection.forbidden(
          "processes of user %d are not to be ended; list the user under \"uids\" to allow it"
              .formatted(found.uid()));
    }
    String unit = ProcessIdentity.unit(procfs.resolve(Integer.toString(found.pid())));
    if (!action.units().isEmpty()
        && action.units().stream().noneMatch(known -> known.matches(unit))) {
      return Objection.forbidden(
          "it belongs to the unit \"%s\", which matches none under \"units\"".formatted(unit));
    }
    return withAncestors().contains(found.pid())
        ? Objection.forbidden("the agent, the runner and their parents are never ended")
        : Optional.empty();
  }

  private Set<Integer> withAncestors() {
    Set<Integer> all = new HashSet<>();
    for (int pid : protectedPids) {
      int next = pid;
      while (next > 0 && all.add(next)) {
        next = parentOf(next);
      }
    }
    return all;
  }

  private int parentOf(int pid) {
    try {
      return ProcessIdentity.of(procfs, pid).map(ProcessIdentity::parent).orElse(0);
    } catch (IOException _) {
      // gone meanwhile, so nobody's parent any more
      return 0;
    }
  }

  @Override
  public Map<String, String> foresee() {
    return evidence();
  }

  /// Ends the process, TERM first, KILL after the grace.
  @Override
  public Execution execute(Duration limit) {
    Map<String, String> before = evidence();
    Optional<ProcessHold> taken = ProcessHold.of(pinned.pid());
    if (taken.isEmpty()) {
      return new Execution(
          Status.FAILED, "it was gone before it could be ended", before, evidence(), "");
    }
    try (ProcessHold hold = taken.get()) {
      Optional<Objection> objection = objection();
      if (objection.isPresent()) {
        return new Execution(Status.FAILED, objection.get().detail(), before, evidence(), "");
      }
      hold.send(Signal.TERM);
      Duration grace = action.grace().compareTo(limit) < 0 ? action.grace() : limit;
      boolean tookTerm = hold.awaitEnd(grace);
      if (!tookTerm) {
        hold.send(Signal.KILL);
        hold.awaitEnd(AFTER_KILL);
      }
      return judged(before, evidence(), tookTerm ? "TERM" : "TERM and KILL");
    }
  }

  private static Execution judged(
      Map<String, String> before, Map<String, String> after, String signals) {
    return switch (after.getOrDefault("state", "")) {
      case "gone", "Z", "X" ->
          new Execution(Status.SUCCEEDED, "ended by " + signals, before, after, "");
      case "" ->
          new Execution(
              Status.UNKNOWN,
              "was sent %s; it cannot be seen whether it ended".formatted(signals),
              before,
              after,
              "");
      default -> new Execution(Status.FAILED, "is still there after " + signals, before, after, "");
    };
  }

  /// What `/proc` says about the pinned incarnation: its start time and state, `gone` without one;
  /// empty if that cannot be read.
  private Map<String, String> evidence() {
    try {
      return ProcessIdentity.of(procfs, pinned.pid())
          .filter(found -> found.start() == pinned.start())
          .map(found -> Map.of("start", Long.toString(found.start()), "state", found.state()))
          .orElse(Map.of("state", "gone"));
    } catch (IOException _) {
      // then nobody can tell, and the outcome is UNKNOWN
      return Map.of();
    }
  }
}
