package io.fleetward.agent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One incarnation of a process, as `/proc/PID` tells it.
///
/// @param start clock ticks after boot at which it started
/// @param state one letter, such as `R` running, `S` sleeping, `Z` ended and not yet collected
/// @param executable the target of `/proc/PID/exe`; empty where it cannot be read
/// @param uid the real user
/// @param kernelThread whether it is a part of the kernel
public record ProcessIdentity(
    int pid,
    int parent,
    String name,
    long start,
    String state,
    String executable,
    int uid,
    boolean kernelThread) {
  private static final long KERNEL_THREAD_FLAG = 0x00200000;

  /// Reads a process; empty if there is none with this id.
  ///
  /// @throws IOException if it is there and cannot be understood
  public static Optional<ProcessIdentity> of(Path procfs, int pid) throws IOException {
    Path folder = procfs.resolve(Integer.toString(pid));
    byte[] content;
    try {
      content = Files.readAllBytes(folder.resolve("stat"));
    } catch (IOException e) {
      if (Files.exists(folder.resolve("stat"))) {
        throw e;
      }
      return Optional.empty();
    }
    Fields stat = new Fields(folder.resolve("stat").toString()).reset(content, content.length);
    if (!stat.nextLine()) {
      return Optional.empty();
    }
    stat.parenthesised();
    String name = stat.text();
    stat.skip(1);
    String state = stat.text();
    int parent = (int) stat.nextNumber();
    stat.skip(4);
    long flags = stat.nextNumber();
    stat.skip(12);
    long start = stat.nextNumber();
    return Optional.of(
        new ProcessIdentity(
            pid,
            parent,
            name,
            start,
            state,
            executable(folder),
            uid(folder),
            (flags & KERNEL_THREAD_FLAG) != 0));
  }

  /// Whether it has ended and only waits to be collected.
  public boolean hasEnded() {
    return state.equals("Z") || state.equals("X");
  }

  /// The target of a process' `exe`; empty where it cannot be read.
  public static String executable(Path folder) {
    try {
      return Files.readSymbolicLink(folder.resolve("exe")).toString();
    } catch (IOException _) {
      // kernel threads have none, and other users' are not ours to read
      return "";
    }
  }

  /// The systemd unit that a process belongs to, such as `nginx.service`; empty if it is in none.
  public static String unit(Path folder) {
    try {
      byte[] content = Files.readAllBytes(folder.resolve("cgroup"));
      Fields groups = new Fields(folder + "/cgroup").reset(content, content.length);
      while (groups.nextLine()) {
        String line = groups.rest().text();
        if (line.startsWith("0::") || line.contains(":name=systemd:")) {
          for (String step : line.substring(line.lastIndexOf(':') + 1).split("/", -1)) {
            if (step.endsWith(".service") || step.endsWith(".scope")) {
              return step;
            }
          }
        }
      }
    } catch (IOException _) {
      // the process ended meanwhile
    }
    return "";
  }

  /// The real user of a process; -1 where it cannot be read.
  public static int uid(Path folder) {
    try {
      byte[] content = Files.readAllBytes(folder.resolve("status"));
      Fields status = new Fields(folder + "/status").reset(content, content.length);
      while (status.nextLine()) {
        if (status.nextField() && status.is("Uid:")) {
          return (int) status.nextNumber();
        }
      }
    } catch (IOException _) {
      // the process ended meanwhile
    }
    return -1;
  }
}
