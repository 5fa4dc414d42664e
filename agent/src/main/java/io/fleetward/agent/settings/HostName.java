package io.fleetward.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The name that the kernel knows this host by; no resolver is asked.
final class HostName {
  private HostName() {}

  static String own() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      // no /proc: then the setting has to be given, or this name will do
      return "localhost";
    }
  }
}
