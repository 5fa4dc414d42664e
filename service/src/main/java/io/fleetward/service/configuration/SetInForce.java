package io.fleetward.service.configuration;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The set in force, which is replaced as a whole by what its files say now, or not at all. Thread
/// safe: one reload at a time.
public final class SetInForce {
  private static final Logger log = LoggerFactory.getLogger(SetInForce.class);

  private final SetFiles files;
  private final List<Part> parts;
  private final ReloadMetrics metrics;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private ActiveSet active;

  /// A part of the service that acts by the set.
  public interface Part {
    /// Makes ready what a set needs, and changes nothing yet.
    ///
    /// @return puts the set in force; throws [PostponedException] if it cannot just now, and then
    ///   has changed nothing
    Runnable prepare(ActiveSet set);
  }

  /// A set that cannot be put in force just now; the message says why.
  public static final class PostponedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostponedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// What came of a reload.
  public sealed interface Reload {
    record Activated(String version) implements Reload {}

    /// The files say what is in force already.
    record Unchanged(String version) implements Reload {}

    /// What was in force stays in force.
    ///
    /// @param version of what stays
    record Refused(String version, List<Problem> problems) implements Reload {
      public Refused {
        problems = List.copyOf(problems);
      }
    }

    /// The files are good but cannot be put in force just now; what was in force stays.
    ///
    /// @param version of what stays
    record Postponed(String version, String reason) implements Reload {}
  }

  /// @param first is in force already
  /// @param parts in the order in which they take over; only the first may fail to
  public SetInForce(
      SetFiles files,
      ActiveSet first,
      List<Part> parts,
      ReloadMetrics metrics,
      InstantSource clock) {
    this.files = files;
    this.active = first;
    this.parts = List.copyOf(parts);
    this.metrics = metrics;
    this.clock = clock;
    metrics.succeeded(clock.instant());
  }

  /// Reads the files again and puts them in force.
  ///
  /// @param cause who or what asked, for the log
  public Reload reload(String cause) {
    lock.lock();
    try {
      Problems problems = new Problems();
      ActiveSet next = files.read(problems);
      return problems.isEmpty() ? activate(next, cause) : refuse(problems.list(), cause);
    } finally {
      lock.unlock();
    }
  }

  private Reload activate(ActiveSet next, String cause) {
    String before = active.version();
    if (next.version().equals(before)) {
      metrics.succeeded(clock.instant());
      return new Reload.Unchanged(before);
    }
    metrics.failed();
    List<Runnable> ready = parts.stream().map(part -> part.prepare(next)).toList();
    try {
      ready.forEach(Runnable::run);
    } catch (PostponedException e) {
      log.atWarn()
          .addKeyValue("cause", cause)
          .addKeyValue("reason", e.getMessage())
          .log("changed files cannot be put in force just now; what was in force stays in force");
      return new Reload.Postponed(before, String.valueOf(e.getMessage()));
    }
    active = next;
    metrics.succeeded(clock.instant());
    log.atInfo()
        .addKeyValue("cause", cause)
        .addKeyValue("version", next.version())
        .addKeyValue("before", before)
        .addKeyValue("groups", next.rules().groups().size())
        .addKeyValue("models", next.models().size())
        .addKeyValue("policies", next.policies().policies().size())
        .log("other rules, models, policies and actions are in force");
    return new Reload.Activated(next.version());
  }

  private Reload refuse(List<Problem> problems, String cause) {
    metrics.failed();
    log.atWarn()
        .addKeyValue("cause", cause)
        .addKeyValue("version", active.version())
        .addKeyValue(
            "problems",
            problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "\n", "\n")))
        .log("changed files cannot be used; what was in force stays in force");
    return new Reload.Refused(active.version(), problems);
  }
}
