package io.fleetward.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of what the agent must remember.
final class StateFolder {
  private StateFolder() {}

  /// Makes it if need be.
  ///
  /// @throws IOException that says how to mend it, if it cannot be written
  static void open(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e.toString(), e);
    }
    if (!Files.isWritable(folder)) {
      throw unusable(folder, "not writable", null);
    }
  }

  private static IOException unusable(
      Path folder, String reason, @org.jspecify.annotations.Nullable IOException cause) {
    return new IOException(
        "cannot use the folder %s (%s); make it writable for the agent or set agent.state"
            .formatted(folder, reason),
        cause);
  }
}
