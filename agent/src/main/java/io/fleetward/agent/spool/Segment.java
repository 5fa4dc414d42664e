package io.fleetward.agent.spool;

import java.nio.file.Path;
import java.util.Optional;

/// One file of a spool: records one behind the other, from the number in its name on. Confined to
/// the spool's thread.
final class Segment {
  private static final String SUFFIX = ".segment";
  private static final int NAME_DIGITS = 16;

  private final Path file;
  private final long firstSequence;
  private long bytes;

  Segment(Path file, long firstSequence, long bytes) {
    this.file = file;
    this.firstSequence = firstSequence;
    this.bytes = bytes;
  }

  /// A segment that is about to be written.
  static Segment begun(Path folder, long firstSequence) {
    return new Segment(
        folder.resolve("%016x%s".formatted(firstSequence, SUFFIX)), firstSequence, 0);
  }

  /// The number in a file's name; empty if that is no segment.
  static Optional<Long> firstSequenceOf(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(SUFFIX) || name.length() != NAME_DIGITS + SUFFIX.length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(name, 0, NAME_DIGITS, 16));
    } catch (NumberFormatException _) {
      // somebody else's file
      return Optional.empty();
    }
  }

  Path file() {
    return file;
  }

  long firstSequence() {
    return firstSequence;
  }

  /// How much of the file is whole records; more may follow from a write that failed.
  long bytes() {
    return bytes;
  }

  void grow(long written) {
    bytes += written;
  }
}
