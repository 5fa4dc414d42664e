package io.fleetward.agent.action;

import io.fleetward.agent.action.AllowedAction.DeleteOldFiles;
import io.fleetward.agent.linux.LinkFreeFolder;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Deletes old files of one named folder and the folders below it: regular files only, by names
/// that are listed, on the folder's own filesystem. Links are neither followed nor deleted; folders
/// stay. Confined to one thread.
final class DeleteOldFilesExecution implements BuiltInExecution {
  private static final int DEEPEST = 16;
  private static final int MOST_LOOKED_AT = 1_000_000;

  private final DeleteOldFiles action;
  private final Path folder;
  private final Instant youngest;

  /// @param now what ages are counted from: the host's clock, as files' times are
  DeleteOldFilesExecution(DeleteOldFiles action, Map<String, String> parameters, Instant now) {
    this.action = action;
    this.folder = Path.of(parameters.getOrDefault(DeleteOldFiles.FOLDER, ""));
    this.youngest = now.minus(DeleteOldFiles.age(parameters));
  }

  /// One way through the folders.
  private final class Walk {
    private final boolean isDeleting;
    private final long deadline;
    private long files;
    private long bytes;
    private long lookedAt;
    private String trouble = "";

    Walk(boolean isDeleting, Duration limit) {
      this.isDeleting = isDeleting;
      this.deadline = System.nanoTime() + limit.toNanos();
    }

    Walk start() throws IOException {
      try (LinkFreeFolder top = LinkFreeFolder.open(folder)) {
        through(top, top.device(), 0);
      }
      return this;
    }

    private boolean isOver() {
      return (isDeleting && files >= action.mostFiles())
          || lookedAt >= MOST_LOOKED_AT
          || System.nanoTime() > deadline;
    }

    private void through(LinkFreeFolder at, String device, int depth) throws IOException {
      for (Path name : at.names()) {
        if (isOver()) {
          return;
        }
        lookedAt++;
        try {
          one(at, name, device, depth);
        } catch (NoSuchFileException | NotDirectoryException _) {
          // gone or replaced while we looked
        } catch (IOException e) {
          trouble = "%s: %s".formatted(at.path().resolve(name), e.getMessage());
        }
      }
    }

    private void one(LinkFreeFolder at, Path name, String device, int depth) throws IOException {
      BasicFileAttributes attributes = at.attributes(name);
      if (attributes.isDirectory() && depth < DEEPEST) {
        try (LinkFreeFolder below = at.inside(name)) {
          // of folders only: on an overlay files have another device than the folder they are in
          if (below.device().equals(device)) {
            through(below, device, depth + 1);
          }
        }
      } else if (attributes.isRegularFile() && isOld(attributes) && isListed(name)) {
        if (isDeleting) {
          at.delete(name);
        }
        files++;
        bytes += attributes.size();
      }
    }
  }

  /// By the newer of the times at which it was written and read.
  private boolean isOld(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(youngest)
        && attributes.lastAccessTime().toInstant().isBefore(youngest);
  }

  private boolean isListed(Path name) {
    String text = name.toString();
    return action.names().stream().anyMatch(pattern -> pattern.matches(text));
  }

  @Override
  public Optional<Objection> objection() {
    try {
      return new Walk(false, action.timeout()).start().files > 0
          ? Optional.empty()
          : Objection.unmet("no file in %s is old enough and listed".formatted(folder));
    } catch (IOException e) {
      return Objection.gone("%s cannot be looked through: %s".formatted(folder, e));
    }
  }

  @Override
  public Map<String, String> foresee() {
    return evidence();
  }

  @Override
  public Execution execute(Duration limit) {
    Map<String, String> before = evidence();
    try {
      Walk walk = new Walk(true, limit).start();
      Map<String, String> after = evidence();
      return new Execution(
          status(walk, before, after),
          "deleted %d files of %d bytes in %s".formatted(walk.files, walk.bytes, folder),
          before,
          after,
          walk.trouble);
    } catch (IOException e) {
      return new Execution(Status.FAILED, String.valueOf(e), before, evidence(), "");
    }
  }

  private static Status status(Walk walk, Map<String, String> before, Map<String, String> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return Status.UNKNOWN;
    }
    return walk.files > 0 && !Objects.equals(before.get("files"), after.get("files"))
        ? Status.SUCCEEDED
        : Status.FAILED;
  }

  /// Looked through anew: what there is to delete, and what the filesystem has free.
  private Map<String, String> evidence() {
    try {
      Walk walk = new Walk(false, action.timeout()).start();
      return Map.of(
          "files",
          Long.toString(walk.files),
          "bytes",
          Long.toString(walk.bytes),
          "available",
          Long.toString(Files.getFileStore(folder).getUsableSpace()));
    } catch (IOException _) {
      // then nobody can tell, and the outcome is UNKNOWN
      return Map.of();
    }
  }
}
