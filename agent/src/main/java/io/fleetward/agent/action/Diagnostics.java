package io.fleetward.agent.action;

import io.fleetward.agent.linux.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the host was just before an action: what the kernel tells, in one bounded file for each
/// plan, read in process since a program might be what does not start any more. The newest are
/// kept. Confined to one thread.
///
/// @param state the runner's state folder
record Diagnostics(Path state, Path procfs) {
  private static final int KEPT = 20;
  private static final int MOST_OF_ONE = 16 * 1024;
  private static final int MOST_PROCESSES = 2_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final List<String> FILES =
      List.of(
          "loadavg",
          "uptime",
          "meminfo",
          "pressure/cpu",
          "pressure/memory",
          "pressure/io",
          "self/mountinfo",
          "diskstats",
          "net/sockstat",
          "net/dev",
          "sys/fs/file-nr",
          "locks");

  /// Where the bundle of a plan is, or would be.
  Path fileOf(String plan) {
    String name = NAME.matcher(plan).matches() ? plan : Integer.toHexString(plan.hashCode());
    return state.resolve("diagnostics").resolve(name + ".txt");
  }

  /// Writes a bundle.
  ///
  /// @return empty if there is no room for it, which must not keep a repair from being tried
  Optional<Path> collect(String plan) {
    Path file = fileOf(plan);
    try {
      Path folder = state.resolve("diagnostics");
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(file, text());
      forgetOld(folder);
      return Optional.of(file);
    } catch (IOException | DirectoryIteratorException _) {
      // a full disk, most likely
      return Optional.empty();
    }
  }

  private static void forgetOld(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      files.forEach(all::add);
    }
    all.sort(
        (one, other) -> Long.compare(other.toFile().lastModified(), one.toFile().lastModified()));
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (String name : FILES) {
      text.append("== ")
          .append(name)
          .append('\n')
          .append(beginOf(procfs.resolve(name)))
          .append('\n');
    }
    text.append("== processes\n");
    processes(text);
    return Redaction.of(text.toString());
  }

  private static String beginOf(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return new String(content.readNBytes(MOST_OF_ONE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(%s)".formatted(e);
    }
  }

  /// Not their command lines: secrets stand there, and reading one can hang with its process.
  private void processes(StringBuilder text) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(procfs, "[1-9]*")) {
      int count = 0;
      for (Path folder : folders) {
        if (count++ == MOST_PROCESSES) {
          return;
        }
        ProcessIdentity.of(procfs, Integer.parseInt(folder.getFileName().toString()))
            .ifPresent(found ->
                text.append(
                    "%d %d %s %s %d%n"
                        .formatted(
                            found.pid(),
                            found.parent(),
                            found.state(),
                            found.name(),
                            found.uid())));
      }
    } catch (IOException | DirectoryIteratorException e) {
      text.append(e).append('\n');
    }
  }
}
