package io.fleetward.agent.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Gives a finished file its name, so that a crash leaves either the old or the new one.
public final class DurableMove {
  private DurableMove() {}

  /// Moves a file, whose content is on the disk, over another of the same folder; the name is on
  /// the disk when this returns.
  public static void move(Path finished, Path file) throws IOException {
    Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
    syncNames(file);
  }

  /// Has the disk take the names in a file's folder.
  public static void syncNames(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
