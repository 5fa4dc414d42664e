package io.fleetward.cli.models;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/// A text file that appears when it is whole, and not at all if writing it fails; compressed if its
/// name ends in `.gz`. It is written beside its place under a name of its own, then moved.
record WholeFile(Path file) {
  /// What writes the text.
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /// @throws IOException if the file cannot be written; an older file of that name stays as it was
  void write(Content content) throws IOException {
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.isDirectory(place)) {
      throw new FileSystemException(file.toString(), null, "a folder");
    }
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      // A pipe or a device: nothing could be moved there.
      writeTo(place, content);
      return;
    }
    Path part =
        place.resolveSibling(
            ".%s.%d.part".formatted(place.getFileName(), ProcessHandle.current().pid()));
    try {
      writeTo(part, content);
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void writeTo(Path place, Content content) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(place);
        OutputStream packed =
            file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
        Writer out =
            new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16)) {
      content.writeTo(out);
    }
  }
}
