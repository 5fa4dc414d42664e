package io.fleetward.protocol.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How a daemon is told to end and ends in good order: at a signal, or when its parent has gone.
/// Thread safe.
///
/// The JVM halts when its shutdown hooks have returned, whatever the main thread still does; so the
/// hook waits for [#ended], and then ends the process with status 0 instead of the signal's.
public final class Termination {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Termination() {}

  /// Begins to listen for signals.
  ///
  /// @param withParent whether the end of standard input asks to end, too
  public static Termination install(boolean withParent) {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::atSignal, "termination"));
    if (withParent) {
      ParentWatch.onEndOfInput(termination.asked::countDown);
    }
    return termination;
  }

  /// Counts down when the program is to end.
  public CountDownLatch asked() {
    return asked;
  }

  /// Runs an action, once, on a thread of its own when the program is to end.
  public void whenAsked(Runnable action) {
    Thread.ofPlatform()
        .daemon()
        .name("termination-watch")
        .start(() -> {
          try {
            asked.await();
            action.run();
          } catch (InterruptedException _) {
            // nobody does that but the end of the process
            Thread.currentThread().interrupt();
          }
        });
  }

  /// To be called when everything is closed, also after a failure.
  public void ended() {
    asked.countDown();
    ended.countDown();
  }

  private void atSignal() {
    if (ended.getCount() == 0) {
      // it is ending already, with a status of its own
      return;
    }
    asked.countDown();
    try {
      if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
      System.err.println("the program did not end in good order within 30 s");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
