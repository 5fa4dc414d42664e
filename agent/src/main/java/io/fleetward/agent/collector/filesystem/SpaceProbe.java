package io.fleetward.agent.collector.filesystem;

import io.fleetward.agent.linux.MountSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Asks filesystems for their space on a thread of its own, so that one that hangs holds up
/// nothing: the thread is then left to it, another takes over, and the path is not asked again
/// until the first has come back. Called on the collecting thread.
final class SpaceProbe {
  /// Asks one filesystem; may hang.
  @FunctionalInterface
  interface Question {
    MountSpace ask(String path) throws IOException;
  }

  private final Question question;
  private final Duration patience;
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private Worker worker;

  SpaceProbe(Question question, Duration patience) {
    this.question = question;
    this.patience = patience;
    this.worker = new Worker();
  }

  /// The space at a path; empty if it failed, or did not answer in time.
  Optional<MountSpace> space(String path) {
    if (hanging.contains(path)) {
      return Optional.empty();
    }
    hanging.add(path);
    try {
      Optional<MountSpace> answer = worker.ask(path);
      if (answer.isPresent()) {
        return answer;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (hanging.contains(path)) {
      worker.retire();
      worker = new Worker();
    }
    return Optional.empty();
  }

  /// The paths that have not answered yet.
  Set<String> hanging() {
    return new HashSet<>(hanging);
  }

  /// One thread and its two mailboxes.
  private final class Worker {
    private static final String RETIRE = "";

    private final BlockingQueue<String> questions = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Optional<MountSpace>> answers = new ArrayBlockingQueue<>(2);
    private boolean isStarted;

    Optional<MountSpace> ask(String path) throws InterruptedException {
      if (!isStarted) {
        isStarted = true;
        Thread.ofPlatform().daemon().name("fleetward-statvfs").start(this::answerAll);
      }
      questions.add(path);
      Optional<MountSpace> answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return answer == null ? Optional.empty() : answer;
    }

    void retire() {
      questions.add(RETIRE);
    }

    private void answerAll() {
      try {
        for (String path = questions.take(); !path.isEmpty(); path = questions.take()) {
          Optional<MountSpace> answer = answer(path);
          hanging.remove(path);
          answers.put(answer);
        }
      } catch (InterruptedException _) {
        // nobody interrupts this thread but the end of the JVM
        Thread.currentThread().interrupt();
      }
    }

    private Optional<MountSpace> answer(String path) {
      try {
        return Optional.of(question.ask(path));
      } catch (IOException _) {
        // told as node_filesystem_device_error
        return Optional.empty();
      }
    }
  }
}
