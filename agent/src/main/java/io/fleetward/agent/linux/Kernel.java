package io.fleetward.agent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says about this host and this process.
public final class Kernel {
  private static final int SET_CHILD_SUBREAPER = 36;

  private Kernel() {}

  /// The real user id of this process.
  public static int userId() {
    return Libc.userId();
  }

  public static int pageSize() {
    return Libc.pageSize();
  }

  /// Lets orphans among this process' descendants become its children, so that they can be found
  /// and ended.
  ///
  /// @return whether the kernel agreed
  public static boolean adoptOrphans() {
    return Libc.processControl(SET_CHILD_SUBREAPER, 1) == 0;
  }

  /// The id that the kernel made when it booted.
  public static String bootId(Path procfs) throws IOException {
    return Files.readString(procfs.resolve("sys/kernel/random/boot_id")).strip();
  }

  /// The kernel's release, such as `6.1.0-18-amd64`; the JVM's word if procfs does not tell.
  public static String release(Path procfs) {
    try {
      return Files.readString(procfs.resolve("sys/kernel/osrelease")).strip();
    } catch (IOException _) {
      // told by the JVM as well
      return System.getProperty("os.version", "unknown");
    }
  }
}
