package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.linux.MountSpace;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Asks filesystems that may hang for their space on a thread of its own, so that one that does
/// holds up nothing: the thread is then left to it, another takes over, and the path is not asked
/// again until the first has come back. Called on the collecting thread.
final class SpaceProbe {
  private static final MountSpace RETIRE = MountSpace.at("/");

  private final Duration patience;
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private Worker worker = new Worker();

  SpaceProbe(Duration patience) {
    this.patience = patience;
  }

  /// Has a filesystem asked; while one hangs its space belongs to the thread that waits for it.
  ///
  /// @return false if it failed or did not answer in time
  boolean reads(MountSpace space) {
    if (!hanging.add(space.path())) {
      return false;
    }
    try {
      if (worker.reads(space)) {
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (hanging.contains(space.path())) {
      worker.retire();
      worker = new Worker();
    }
    return false;
  }

  /// The paths that have not answered yet.
  Set<String> hanging() {
    return new HashSet<>(hanging);
  }

  /// One thread and its two mailboxes.
  private final class Worker {
    private final BlockingQueue<MountSpace> questions = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Boolean> answers = new ArrayBlockingQueue<>(2);
    private boolean isStarted;

    boolean reads(MountSpace space) throws InterruptedException {
      if (!isStarted) {
        isStarted = true;
        Thread.ofPlatform().daemon().name("fleetward-statvfs").start(this::answerAll);
      }
      questions.add(space);
      return Boolean.TRUE.equals(answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    void retire() {
      questions.add(RETIRE);
    }

    @SuppressWarnings("ReferenceEquality") // one object stands for the end
    private void answerAll() {
      try {
        for (MountSpace space = questions.take(); space != RETIRE; space = questions.take()) {
          boolean isKnown = space.read();
          hanging.remove(space.path());
          answers.put(isKnown);
        }
      } catch (InterruptedException _) {
        // nobody interrupts this thread but the end of the JVM
        Thread.currentThread().interrupt();
      }
    }
  }
}
