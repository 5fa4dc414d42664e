package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.DropLock;
import io.fleetward.agent.linux.LinkFreeFolder;
import io.fleetward.agent.linux.ProcessIdentity;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Removes a lock file that nobody holds any more: old enough, a regular file, open in no process,
/// and without the id of a process that lives in it. Confined to one thread.
final class DropLockExecution implements BuiltInExecution {
  private static final int LONGEST_PID_FILE = 64;
  private static final String STATE = "state";

  private final DropLock action;
  private final Path file;
  private final Path procfs;
  private final Instant now;

  DropLockExecution(DropLock action, Map<String, String> parameters, Path procfs, Instant now) {
    this.action = action;
    this.file = Path.of(parameters.getOrDefault(DropLock.FILE, ""));
    this.procfs = procfs;
    this.now = now;
  }

  @Override
  public Optional<Objection> objection() {
    try (LinkFreeFolder folder = LinkFreeFolder.open(parent())) {
      return objection(folder.attributes(name()));
    } catch (NoSuchFileException _) {
      return Objection.gone("there is no " + file);
    } catch (IOException e) {
      return Objection.gone("%s cannot be looked at: %s".formatted(file, e));
    }
  }

  private Optional<Objection> objection(BasicFileAttributes attributes) throws IOException {
    if (!attributes.isRegularFile()) {
      return Objection.forbidden(file + " is no regular file");
    }
    Duration age = Duration.between(attributes.lastModifiedTime().toInstant(), now);
    if (age.compareTo(action.olderThan()) < 0) {
      return Objection.unmet("%s is only %s old".formatted(file, age));
    }
    Optional<String> holder = holder(attributes.fileKey()).or(this::owner);
    return holder.isPresent()
        ? Objection.unmet("%s is held: %s".formatted(file, holder.get()))
        : Optional.empty();
  }

  /// A process that has it open; one that cannot be looked into may.
  private Optional<String> holder(Object key) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(procfs, "[1-9]*")) {
      for (Path process : processes) {
        Optional<String> holder = holds(process, key);
        if (holder.isPresent()) {
          return holder;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> holds(Path process, Object key) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (key.equals(key(descriptor))) {
          return Optional.of("open in process " + process.getFileName());
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException _) {
      // it has ended
      return Optional.empty();
    } catch (IOException | DirectoryIteratorException e) {
      return Files.exists(process)
          ? Optional.of("perhaps by process %s (%s)".formatted(process.getFileName(), e))
          : Optional.empty();
    }
  }

  /// Which file it is, by whatever name it was opened; empty once it is closed.
  private static Object key(Path descriptor) {
    try {
      return Objects.requireNonNullElse(
          Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey(), "");
    } catch (IOException _) {
      // closed while we looked
      return "";
    }
  }

  /// The process that wrote its id into it, if it lives.
  private Optional<String> owner() {
    try {
      if (Files.size(file) > LONGEST_PID_FILE) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      int pid = text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
      return pid > 0
          ? ProcessIdentity.of(procfs, pid)
              .filter(found -> !found.hasEnded())
              .map(
                  found -> "process %d (%s), whose id it holds, lives".formatted(pid, found.name()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e);
    }
  }

  @Override
  public Map<String, String> foresee() {
    return evidence();
  }

  @Override
  public Execution execute(Duration limit) {
    Map<String, String> before = evidence();
    try (LinkFreeFolder folder = LinkFreeFolder.open(parent())) {
      BasicFileAttributes attributes = folder.attributes(name());
      Optional<Objection> objection = objection(attributes);
      if (objection.isPresent()) {
        return new Execution(Status.FAILED, objection.get().detail(), before, evidence(), "");
      }
      if (!Objects.equals(attributes.fileKey(), folder.attributes(name()).fileKey())) {
        return new Execution(
            Status.FAILED, "%s is another file now".formatted(file), before, evidence(), "");
      }
      folder.delete(name());
    } catch (IOException e) {
      return new Execution(Status.FAILED, String.valueOf(e), before, evidence(), "");
    }
    Map<String, String> after = evidence();
    return before.equals(after)
        ? new Execution(Status.FAILED, file + " is still there", before, after, "")
        : new Execution(Status.SUCCEEDED, file + " was removed", before, after, "");
  }

  /// Which file it is, if any.
  private Map<String, String> evidence() {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Map.of(
          STATE,
          "there",
          "file",
          String.valueOf(attributes.fileKey()),
          "modified",
          attributes.lastModifiedTime().toString());
    } catch (NoSuchFileException _) {
      return Map.of(STATE, "gone");
    } catch (IOException e) {
      return Map.of(STATE, String.valueOf(e.getMessage()));
    }
  }

  private Path parent() throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("%s is in no folder".formatted(file));
    }
    return parent;
  }

  private Path name() throws IOException {
    Path name = file.getFileName();
    if (name == null) {
      throw new IOException("%s has no name".formatted(file));
    }
    return name;
  }
}
