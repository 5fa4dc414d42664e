package io.fleetward.agent.plans;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.Properties;

/// How far the plans topic was read, by partition, kept over restarts. Written before a plan is
/// handed on: one that a crash swallows expires, which is the safe side. Confined to the plans
/// thread.
final class PlanPositions {
  private final Path file;
  private final Properties next = new Properties();

  private PlanPositions(Path file) {
    this.file = file;
  }

  static PlanPositions open(Path state) throws IOException {
    PlanPositions positions = new PlanPositions(state.resolve("plans.position"));
    try {
      positions.next.load(new StringReader(Files.readString(positions.file)));
    } catch (NoSuchFileException _) {
      // a new host
    } catch (IllegalArgumentException e) {
      throw new IOException(positions.file + " is not what the agent wrote; remove it", e);
    }
    return positions;
  }

  /// The offset to read next; empty for a partition that was never read.
  OptionalLong next(int partition) {
    String value = next.getProperty(Integer.toString(partition), "");
    try {
      return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    } catch (NumberFormatException _) {
      // as good as unknown
      return OptionalLong.empty();
    }
  }

  void set(int partition, long offset) throws IOException {
    next.setProperty(Integer.toString(partition), Long.toString(offset));
    StringWriter text = new StringWriter();
    next.store(text, "offsets to read next, by partition of the plans topic");
    Path unfinished = file.resolveSibling("plans.position.tmp");
    Files.writeString(unfinished, text.toString());
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
