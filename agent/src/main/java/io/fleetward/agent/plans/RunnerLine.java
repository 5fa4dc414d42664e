package io.fleetward.agent.plans;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// One runner at work, and the two streams of lines between it and the daemon.
interface RunnerLine extends AutoCloseable {
  InputStream fromRunner();

  OutputStream toRunner();

  /// Asks it to end before it was asked anything; from any thread.
  void cancel();

  /// Cuts it off, since it did not end when it was asked to; from any thread.
  void abandon();

  /// Returns when the runner has let go of its end.
  @Override
  void close() throws IOException;

  /// Has runners started.
  @FunctionalInterface
  interface Source {
    /// @throws IOException if none can be started
    RunnerLine open() throws IOException;
  }
}
