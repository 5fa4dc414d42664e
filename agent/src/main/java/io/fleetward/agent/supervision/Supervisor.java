package io.fleetward.agent.supervision;

import io.fleetward.agent.linux.DatagramSender;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service manager that runs the agent, as sd_notify(3) talks to it; nobody where there is
/// none. What cannot be told is told no more, and hinders nothing. Thread safe.
public final class Supervisor {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String PATIENCE = "WATCHDOG_USEC";
  private static final String PROCESS = "WATCHDOG_PID";

  /// The environment variables that it is known by.
  public static final Set<String> VARIABLES = Set.of(SOCKET, PATIENCE, PROCESS);

  private final Consumer<String> notices;
  private final Duration patience;

  /// @param notices delivers a notice, or does not; never waits
  /// @param patience how long silence may last; zero for any time
  public Supervisor(Consumer<String> notices, Duration patience) {
    this.notices = notices;
    this.patience = patience;
  }

  /// The one that the environment names.
  ///
  /// @param ownProcess our process id
  public static Supervisor of(Map<String, String> environment, long ownProcess) {
    String address = environment.getOrDefault(SOCKET, "");
    if (address.isEmpty()) {
      return nobody();
    }
    try {
      DatagramSender sender = DatagramSender.to(address);
      return new Supervisor(sender::send, patience(environment, ownProcess));
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the service manager cannot be told anything; see NOTIFY_SOCKET");
      return nobody();
    }
  }

  /// Nobody who would listen.
  static Supervisor nobody() {
    return new Supervisor(_ -> {}, Duration.ZERO);
  }

  private static Duration patience(Map<String, String> environment, long ownProcess) {
    String process = environment.getOrDefault(PROCESS, "");
    String micros = environment.getOrDefault(PATIENCE, "");
    boolean isMeant = process.isEmpty() || process.equals(Long.toString(ownProcess));
    return isMeant && micros.matches("[0-9]{1,15}")
        ? Duration.ofNanos(1_000 * Long.parseLong(micros))
        : Duration.ZERO;
  }

  /// How often [#alive] has to be called; empty if nobody waits for it.
  public Optional<Duration> pulse() {
    return Optional.of(patience.dividedBy(3)).filter(Duration::isPositive);
  }

  /// Everything is started.
  public void ready() {
    notices.accept("READY=1\nSTATUS=Collecting");
  }

  /// Scrapes go on.
  public void alive() {
    if (patience.isPositive()) {
      notices.accept("WATCHDOG=1");
    }
  }

  /// The configuration is read again; [#reloaded] ends it.
  public void reloading() {
    // the kernel's monotonic clock is what the JVM reads here, too
    notices.accept("RELOADING=1\nMONOTONIC_USEC=%d".formatted(System.nanoTime() / 1_000));
  }

  /// @param status what came of it, in one line
  public void reloaded(String status) {
    notices.accept("READY=1\nSTATUS=" + status.replace('\n', ' '));
  }

  /// The end has begun.
  public void stopping() {
    notices.accept("STOPPING=1\nSTATUS=Stopping");
  }
}
