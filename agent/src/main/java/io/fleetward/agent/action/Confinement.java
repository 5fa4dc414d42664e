package io.fleetward.agent.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// As whom and within which limits of the kernel a command runs, besides its cgroup's.
///
/// @param user a user of `/etc/passwd`; empty for the runner's own
/// @param cpuSeconds processor time of each process; 0 for no limit
/// @param memoryMegabytes address space of each process; 0 for no limit
/// @param fileMegabytes the longest file that it can write; 0 for no limit
/// @param openFiles how many files each process can have open
record Confinement(
    String user, int cpuSeconds, int memoryMegabytes, int fileMegabytes, int openFiles) {
  static final Confinement USUAL = new Confinement("", 0, 0, 0, 1024);
  private static final Path USERS = Path.of("/etc/passwd");

  Confinement as(String otherUser) {
    return new Confinement(otherUser, cpuSeconds, memoryMegabytes, fileMegabytes, openFiles);
  }

  /// The command that runs another within these limits, for which `setpriv` and `prlimit` replace
  /// themselves by it.
  ///
  /// @throws IOException if there is no such user
  List<String> around(List<String> command) throws IOException {
    List<String> words = new ArrayList<>(List.of("prlimit", "--core=0:0"));
    words.add("--nofile=%d:%d".formatted(openFiles, openFiles));
    if (cpuSeconds > 0) {
      words.add("--cpu=%d:%d".formatted(cpuSeconds, cpuSeconds));
    }
    if (memoryMegabytes > 0) {
      long bytes = (long) memoryMegabytes << 20;
      words.add("--as=%d:%d".formatted(bytes, bytes));
    }
    if (fileMegabytes > 0) {
      long bytes = (long) fileMegabytes << 20;
      words.add("--fsize=%d:%d".formatted(bytes, bytes));
    }
    if (!user.isEmpty()) {
      words.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + group(), "--init-groups"));
      words.addAll(List.of("--inh-caps=-all", "--no-new-privs"));
    }
    words.addAll(command);
    return words;
  }

  private String group() throws IOException {
    for (String line : Files.readAllLines(USERS, StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 3 && fields[0].equals(user)) {
        return fields[3];
      }
    }
    throw new IOException("there is no user %s in %s".formatted(user, USERS));
  }
}
