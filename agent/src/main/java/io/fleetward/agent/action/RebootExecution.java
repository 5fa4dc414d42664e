package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.Reboot;
import io.fleetward.agent.action.ProcessGroup.Ended;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks for a restart of the host and waits to be ended by it. That it came is seen by the next
/// runner, in another boot ([Runner] settles it); if this process is still there at the limit, it
/// did not. Confined to one thread.
record RebootExecution(Reboot action, ProcessGroup processes, Path procfs)
    implements BuiltInExecution {
  private static final Duration ASKING = Duration.ofSeconds(20);

  /// The evidence's name.
  static final String BOOT = "boot_id";

  @Override
  public Optional<Objection> objection() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> foresee() {
    return boot();
  }

  @Override
  public Execution execute(Duration limit) {
    Map<String, String> before = boot();
    return switch (processes.run(action.run(), ASKING, _ -> {})) {
      case Ended.Exited(int status, String output) when status == 0 ->
          awaited(limit, before, output);
      case Ended.Exited(int status, String output) ->
          new Execution(Status.FAILED, "exited with " + status, before, boot(), output);
      case Ended.NotStarted(String reason) ->
          new Execution(Status.FAILED, "could not be started: " + reason, before, boot(), "");
      case Ended.TimedOut(String output) ->
          new Execution(Status.UNKNOWN, "was asked for, without an answer", before, boot(), output);
      case Ended.Stopped(String output) ->
          new Execution(Status.UNKNOWN, "the agent was shutting down", before, boot(), output);
    };
  }

  private Execution awaited(Duration limit, Map<String, String> before, String output) {
    try {
      new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new Execution(
        Status.FAILED, "the host has not restarted within " + limit, before, boot(), output);
  }

  private Map<String, String> boot() {
    try {
      return Map.of(BOOT, Kernel.bootId(procfs));
    } catch (IOException _) {
      // then nobody can tell
      return Map.of();
    }
  }
}
