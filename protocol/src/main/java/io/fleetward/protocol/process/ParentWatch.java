package io.fleetward.protocol.process;

import java.io.IOException;

/// Notices the end of the process that started this one: its end of the pipe to our standard input
/// closes, however it ended.
public final class ParentWatch {
  private ParentWatch() {}

  /// Runs an action, once, on a thread of its own when standard input ends.
  public static void onEndOfInput(Runnable action) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          awaitEndOfInput();
          action.run();
        });
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // whatever the parent writes has no meaning
      }
    } catch (IOException _) {
      // a broken pipe ends it as well
    }
  }
}
