package io.fleetward.agent.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// A file by which a person who works on the host keeps actions away: empty until it is removed, or
/// until the time that stands in it, so that nobody has to remember to.
///
/// @param file `maintenance`, beside the stop file
record Maintenance(Path file) {
  private static final String NAME = "maintenance";
  private static final int LONGEST = 200;

  static Maintenance beside(Path stopFile) {
    return new Maintenance(stopFile.resolveSibling(NAME));
  }

  /// Why nothing is to be done now; empty if something may.
  Optional<String> hindrance(Instant now) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      String text = Files.size(file) > LONGEST ? "" : Files.readString(file).strip();
      Instant until = text.isEmpty() ? Instant.MAX : OffsetDateTime.parse(text).toInstant();
      return now.isBefore(until)
          ? Optional.of(
              "%s says that somebody works on this host%s"
                  .formatted(file, text.isEmpty() ? "; remove it when done" : " until " + text))
          : Optional.empty();
    } catch (IOException | DateTimeException e) {
      // what cannot be understood forbids
      return Optional.of(
          "%s is there, but it holds no time such as 2026-11-23T18:00:00Z (%s); correct or remove it"
              .formatted(file, e.getMessage()));
    }
  }
}
