package io.fleetward.protocol.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The wire form of a message as it is meant to stay. `UPDATE_GOLDEN=true` writes it anew; the
/// difference is then for the reviewer.
record GoldenFile(Path path) {
  static GoldenFile of(String name) {
    return new GoldenFile(Path.of("src/test/resources/golden", name + ".json"));
  }

  /// The bytes that the file holds, after writing `now` to it if that was asked for.
  byte[] bytes(byte[] now) {
    try {
      if ("true".equals(System.getenv("UPDATE_GOLDEN"))) {
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, new String(now, UTF_8) + "\n");
      }
      return Files.readString(path).strip().getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
