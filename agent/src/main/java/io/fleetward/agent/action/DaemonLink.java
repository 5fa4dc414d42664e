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
/// The daemon sends a request on one line, then [RunnerWords#STORED] for each outcome that it has
/// put away, and [RunnerWords#STOP] to have the action ended; the runner prints outcomes, one
/// signed envelope per line. Where the daemon is gone the runner finishes what it began; its
/// journal keeps the outcome.
final class DaemonLink implements StopRequest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final int LONGEST_REQUEST = 1 << 20;

  private final BufferedReader input;
  private final PrintStream output;
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private final AtomicBoolean isGone = new AtomicBoolean();
  private final Semaphore stored = new Semaphore(0);
  private int printed;

  DaemonLink(InputStream input, PrintStream output) {
    this.input = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    this.output = output;
  }

  /// The first line; null if there is none.
  ///
  /// @throws IOException also if it is longer than any request can be
  @Nullable String request() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() == LONGEST_REQUEST) {
        throw new IOException("the request is longer than %d chars".formatted(LONGEST_REQUEST));
      }
      line.append((char) next);
    }
    return line.toString();
  }

  /// Reads what comes after the request, on a thread of its own.
  void listen() {
    Thread.ofPlatform().daemon().name("fleetward-link").start(this::readAll);
  }

  private void readAll() {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        switch (line) {
          case RunnerWords.STORED -> stored.release();
          case RunnerWords.STOP -> isStopped.set(true);
          default -> throw new IllegalStateException("the daemon said \"%s\"".formatted(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      isGone.set(true);
    }
  }

  @Override
  public boolean isMade() {
    return isStopped.get();
  }

  /// Prints one of [RunnerWords].
  void say(String word) {
    output.println(word);
    output.flush();
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
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      boolean isTaken = false;
      while (!isTaken && !isGone.get() && System.nanoTime() < deadline) {
        isTaken = stored.tryAcquire(printed, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      }
      // what it said before it went counts
      if (isTaken || stored.tryAcquire(printed)) {
        printed = 0;
        return true;
      }
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
