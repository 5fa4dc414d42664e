package io.fleetward.agent;

import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host's own files that decide over actions, as they are now: the runner reads them each time,
/// so the daemon must not go by older ones. While they cannot be used the last good ones count here
/// and the runner refuses. Thread safe.
final class WatchedFiles {
  private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

  private final ActionSettings settings;
  private final Consumer<HostFiles> whenActionsChanged;
  private final AtomicReference<Looked> last;

  /// What tells that a file is another now.
  private record Stamp(FileTime modified, long bytes, String inode) {}

  /// @param stamps of each file, as they were before it was read
  private record Looked(Map<Path, Stamp> stamps, HostFiles files) {
    Looked {
      stamps = Map.copyOf(stamps);
    }
  }

  private WatchedFiles(
      ActionSettings settings, Looked first, Consumer<HostFiles> whenActionsChanged) {
    this.settings = settings;
    this.whenActionsChanged = whenActionsChanged;
    this.last = new AtomicReference<>(first);
  }

  /// Reads them for the first time.
  ///
  /// @param whenActionsChanged told when the host has become willing to do something else; called
  ///   on whose thread [#current] is
  /// @throws InvalidConfigurationException with every problem
  static WatchedFiles open(ActionSettings settings, Consumer<HostFiles> whenActionsChanged) {
    Looked first = new Looked(stamps(settings), HostFiles.read(settings));
    return new WatchedFiles(settings, first, whenActionsChanged);
  }

  /// Reads them again if they have changed.
  HostFiles current() {
    Looked before = last.get();
    Map<Path, Stamp> stamps = stamps(settings);
    if (stamps.equals(before.stamps())) {
      return before.files();
    }
    HostFiles read = read(before.files());
    if (last.compareAndSet(before, new Looked(stamps, read))
        && !read.allowList().hash().equals(before.files().allowList().hash())) {
      log.atInfo().addKeyValue("actions", read.allowList().names()).log("allow-list changed");
      whenActionsChanged.accept(read);
    }
    return read;
  }

  private HostFiles read(HostFiles before) {
    try {
      return HostFiles.read(settings);
    } catch (InvalidConfigurationException e) {
      log.atWarn()
          .addKeyValue("problems", e.problems())
          .log("keys or allow-list changed and cannot be used; no plan is run until they are");
      return before;
    }
  }

  private static Map<Path, Stamp> stamps(ActionSettings settings) {
    Map<Path, Stamp> stamps = new TreeMap<>();
    for (Path folder : new Path[] {settings.trustedKeys(), settings.actions()}) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path file : entries.toList()) {
          stamps.put(file, stamp(file));
        }
      } catch (NoSuchFileException _) {
        // a host that trusts nobody or is willing to do nothing, or a file that goes just now
      } catch (IOException e) {
        log.atWarn().addKeyValue("folder", folder).setCause(e).log("cannot be looked at");
      }
    }
    return stamps;
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(
        attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
  }
}
