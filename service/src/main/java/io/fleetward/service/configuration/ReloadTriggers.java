package io.fleetward.service.configuration;

import io.fleetward.protocol.process.HangupSignal;
import io.fleetward.service.configuration.SetInForce.Reload;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reloads when a signal asks for it, and when files have changed if they are watched. On a thread
/// of its own.
public final class ReloadTriggers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReloadTriggers.class);
  private static final String CHANGE = "files changed";
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_RELOAD = Duration.ofSeconds(20);

  private final SetInForce set;
  private final @Nullable FolderWatch watch;
  private final Duration pause;

  /// Who asked; more than these would only ask for the same.
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(2);

  private final Thread thread;
  private volatile boolean isClosing;
  private boolean isPostponed;

  public ReloadTriggers(SetInForce set, SetFolders folders) {
    boolean watches = folders.watch().isPositive();
    this.set = set;
    this.watch = watches ? new FolderWatch(folders) : null;
    this.pause = watches ? folders.watch() : LONGEST_WAIT;
    this.thread = Thread.ofPlatform().daemon().name("reload").unstarted(this::run);
  }

  /// Begins to listen for SIGHUP and to look at the files.
  public void start() {
    HangupSignal.whenItComes(() -> asked.offer("SIGHUP"))
        .ifPresent(reason ->
            log.atWarn()
                .addKeyValue("reason", reason)
                .log("SIGHUP cannot be listened to; reload with POST /api/v1/reload"));
    thread.start();
  }

  private void run() {
    while (!isClosing) {
      try {
        String cause = asked.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (!isClosing) {
          reloadIfAsked(cause);
        }
      } catch (InterruptedException _) {
        // asked to close, which the loop sees
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("a reload failed; what was in force stays in force");
      }
    }
  }

  private void reloadIfAsked(@Nullable String cause) {
    boolean hasChanged = watch != null && watch.hasChanged();
    if (cause != null || hasChanged || isPostponed) {
      isPostponed = set.reload(cause == null ? CHANGE : cause) instanceof Reload.Postponed;
    }
  }

  /// Waits for the reload under way. Never interrupts: H2 would lose its file to that.
  @Override
  public void close() {
    isClosing = true;
    asked.offer("end");
    try {
      if (thread.isAlive() && !thread.join(LONGEST_RELOAD)) {
        log.atWarn().log("a reload did not end in time");
      }
    } catch (InterruptedException _) {
      // whoever closes us is in a hurry itself
      Thread.currentThread().interrupt();
    }
  }
}
