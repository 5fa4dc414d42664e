package io.fleetward.service.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/// Notices that files of a set have changed, once they are left alone: who copies several files is
/// not to have the first of them read without the others. Confined to one thread.
public final class FolderWatch {
  private final SetFolders folders;
  private Map<Path, Stamp> known;
  private Map<Path, Stamp> lastSeen;

  private record Stamp(FileTime modified, long size, String key) {}

  public FolderWatch(SetFolders folders) {
    this.folders = folders;
    this.known = stamps();
    this.lastSeen = known;
  }

  /// Looks at the files; true once for each change, at the first look that finds the files as the
  /// look before.
  public boolean hasChanged() {
    Map<Path, Stamp> seen = stamps();
    boolean isQuiet = seen.equals(lastSeen);
    lastSeen = seen;
    if (!isQuiet || seen.equals(known)) {
      return false;
    }
    known = seen;
    return true;
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new TreeMap<>();
    SetFiles.all(folders).forEach(file -> stamp(file, stamps));
    return stamps;
  }

  private static void stamp(Path file, Map<Path, Stamp> stamps) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(
          file,
          new Stamp(
              attributes.lastModifiedTime(),
              attributes.size(),
              String.valueOf(attributes.fileKey())));
    } catch (IOException _) {
      // it went just now, which the next look sees
    }
  }
}
