package io.fleetward.agent.action;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The runner's end of the lines that it exchanges with the daemon.
///
/// The daemon sends a request on one line, then `stored` for each outcome that it has put away, and
/// `stop` to have the action ended; the runner prints outcomes, one signed envelope per line. Where
/// the daemon is gone the runner finishes what it began; its journal keeps the outcome.
final class DaemonLink implements StopRequest {
  static final String STORED = "stored";
  static final String STOP = "stop";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BufferedReader input;
  private final PrintStream output;
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private final Semaphore stored = new Semaphore(0);
  private int printed;

  DaemonLink(InputStream input, PrintStream output) {
    this.input = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    this.output = output;
  }

  /// The first line; null if there is none.
  @Nullable String request() throws IOException {
    return input.readLine();
  }

  /// Reads what comes after the request, on a thread of its own.
  void listen() {
    Thread.ofPlatform().daemon().name("fleetward-link").start(this::readAll);
  }

  private void readAll() {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        switch (line) {
          case STORED -> stored.release();
          case STOP -> isStopped.set(true);
          default -> throw new IllegalStateException("the daemon said \"%s\"".formatted(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isMade() {
    return isStopped.get();
  }

  /// Prints an outcome and goes on.
  void tell(String envelope) {
    output.println(envelope);
    output.flush();
    printed++;
  }

  /// Prints an outcome.
  ///
  /// @return whether the daemon has said that it put it, and all before it, away
  boolean hand(String envelope) {
    tell(envelope);
    try {
      boolean isTaken = stored.tryAcquire(printed, PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (isTaken) {
        printed = 0;
      }
      return isTaken;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
