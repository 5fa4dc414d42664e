package io.fleetward.agent.action;

import io.fleetward.agent.settings.ActionSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a privileged runner goes by: its code, its settings, keys, allow-list and journal. Whoever
/// can change one of them can have it do anything, so nobody may but the user that it runs as.
record GuardedFiles(List<Path> files) {
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int STICKY = 01000;

  GuardedFiles {
    files = List.copyOf(files);
  }

  static GuardedFiles of(Optional<Path> config, ActionSettings settings) throws IOException {
    List<Path> files = new ArrayList<>();
    config.ifPresent(files::add);
    files.add(settings.hostKey());
    files.add(settings.stopFile());
    files.add(settings.state());
    files.add(Path.of(System.getProperty("java.home")));
    for (Path folder : List.of(settings.trustedKeys(), settings.actions())) {
      files.add(folder);
      files.addAll(entries(folder));
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      files.add(Path.of(entry));
    }
    return new GuardedFiles(files);
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (NoSuchFileException _) {
      // a host that trusts nobody, or is willing to do nothing
      return List.of();
    }
  }

  /// Looks at every file and every folder on the way to it.
  ///
  /// @param owner the user that they have to belong to, if not to root
  /// @throws IOException that names the first that another user could change
  void check(int owner) throws IOException {
    Set<Path> seen = new LinkedHashSet<>();
    for (Path file : files) {
      for (Path at = real(file); at != null && seen.add(at); at = at.getParent()) {
        checkOne(at, owner);
      }
    }
  }

  /// The nearest that exists, without links: where nothing is yet, the folder decides.
  private static Path real(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    while (Files.notExists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at.toRealPath();
  }

  private static void checkOne(Path path, int owner) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode");
    int uid = (int) attributes.getOrDefault("uid", -1);
    int mode = (int) attributes.getOrDefault("mode", WRITABLE_BY_OTHERS);
    boolean isSticky = Files.isDirectory(path) && (mode & STICKY) != 0;
    if ((uid != 0 && uid != owner) || ((mode & WRITABLE_BY_OTHERS) != 0 && !isSticky)) {
      throw new IOException(
          "%s (user %d, mode %o) can be changed by others than root, so nothing is run; chown root %s; chmod go-w %s"
              .formatted(path, uid, mode & 07777, path, path));
    }
  }
}
