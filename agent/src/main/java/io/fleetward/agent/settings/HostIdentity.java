package io.fleetward.agent.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The identity of a host that was given none: the name that it had when the agent first started,
/// and what its machine-id stands for, `web-1-3f2a9c1b77d0`. So hosts of the same name, as clones
/// are, stay apart, and a host that is renamed stays itself. The machine-id is not given away.
public final class HostIdentity {
  private static final String FILE = "identity";
  private static final String SALT = "fleetward agent\0";
  private static final int MACHINE_BYTES = 6;

  private HostIdentity() {}

  /// The identity of this host.
  ///
  /// @param state the agent's folder, which remembers it
  static String of(Path state, Path rootfs, Path procfs) {
    String name = firstLine(procfs.resolve("sys/kernel/hostname"));
    // no /proc: then the setting has to be given, or this name will do
    name = name.isEmpty() ? "localhost" : name;
    String machine = firstLine(rootfs.resolve("etc/machine-id"));
    if (!machine.matches("[0-9a-f]{32}")) {
      // none yet, as in a container
      return name;
    }
    String ending = "-" + stamp(machine);
    String remembered = firstLine(state.resolve(FILE));
    return remembered.endsWith(ending) ? remembered : name + ending;
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException _) {
      // it is as good as empty
      return "";
    }
  }

  private static String stamp(String machineId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((SALT + machineId).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest, 0, MACHINE_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /// Remembers an identity, so that it outlives the host's name.
  ///
  /// @throws IOException if the folder cannot be written
  public static void keep(Path state, String instance) throws IOException {
    Path file = state.resolve(FILE);
    if (!firstLine(file).equals(instance)) {
      Path written = Files.writeString(state.resolve(FILE + ".new"), instance + "\n");
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
