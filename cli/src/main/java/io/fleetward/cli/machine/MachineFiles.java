package io.fleetward.cli.machine;

import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The files of a single machine under one folder: keys that the service and the agent trust each
/// other by, their configuration, their data and their logs.
public final class MachineFiles {
  private static final long LEAST_FREE_BYTES = 256L << 20;
  private static final String SERVICE_KEY = "service";

  private final Path folder;
  private final String instance;

  private MachineFiles(Path folder, String instance) {
    this.folder = folder;
    this.instance = instance;
  }

  /// Makes what is missing in a folder and keeps what is there.
  ///
  /// @throws MachineException if the folder cannot be written or its disk is nearly full
  public static MachineFiles prepare(Path folder, String instance) {
    MachineFiles files = new MachineFiles(folder.toAbsolutePath().normalize(), instance);
    try {
      files.makeFolders();
      files.makeKeys();
      return files;
    } catch (IOException e) {
      throw new MachineException(
          "the data folder %s cannot be used: %s; make it writable or choose another"
              .formatted(folder, e.getMessage()));
    }
  }

  /// Makes a new folder of a host named as this machine.
  ///
  /// @throws MachineException if it cannot be made
  public static MachineFiles prepareTemporary(Path parent, String prefix) {
    try {
      return prepare(Files.createTempDirectory(parent, prefix), hostName());
    } catch (IOException e) {
      throw new MachineException(
          "no folder can be made in %s (%s); free some space there, or set TMPDIR to another folder"
              .formatted(parent, e.getMessage()));
    }
  }

  /// This machine's name, as its kernel tells it.
  public static String hostName() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException _) {
      // no /proc, so no name either; one machine needs none
      return "localhost";
    }
  }

  private void makeFolders() throws IOException {
    Files.createDirectories(folder);
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw new MachineException(
          "only %d MB are free for the data folder %s; free some space or choose another folder (%d MB are needed)"
              .formatted(free >> 20, folder, LEAST_FREE_BYTES >> 20));
    }
    for (Path each : new Path[] {logs(), keys(), trustedKeys(), allowList(), agentState()}) {
      Files.createDirectories(each);
    }
  }

  private void makeKeys() throws IOException {
    if (!Files.exists(signingKey())) {
      SigningKey.Generated service = SigningKey.generate(SERVICE_KEY);
      Files.writeString(trustedKeys().resolve(SERVICE_KEY + ".pem"), service.trustedKey().toPem());
      writeSecret(signingKey(), service.signingKey().toPem());
    }
    if (!Files.exists(hostKey())) {
      writeSecret(hostKey(), SigningKey.generate(instance).signingKey().toPem());
    }
  }

  static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  /// Writes a properties file into the folder.
  Path writeProperties(String name, Map<String, String> values) {
    String text =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .collect(Collectors.joining("\n", "", "\n"));
    return write(folder.resolve(name), text);
  }

  /// Writes a text file.
  ///
  /// @throws MachineException if it cannot be written
  public Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new MachineException("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  public Path folder() {
    return folder;
  }

  public String instance() {
    return instance;
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  Path signingKey() {
    return keys().resolve(SERVICE_KEY + ".pem");
  }

  Path hostKey() {
    return keys().resolve("host.key");
  }

  Path trustedKeys() {
    return folder.resolve("trusted-keys");
  }

  Path scrapeKey() {
    return keys().resolve("scrape.key");
  }

  /// The secret by which this machine enrols itself.
  Path keeperToken() {
    return keys().resolve("keeper.token");
  }

  /// The agent's allow-list: what this machine is willing to do.
  public Path allowList() {
    return folder.resolve("allow-list");
  }

  Path agentState() {
    return folder.resolve("agent");
  }

  public Path tokens() {
    return folder.resolve("tokens.yaml");
  }

  /// The secret of the person at this machine.
  public Path approverToken() {
    return folder.resolve("approver.token");
  }

  Path brokerData() {
    return folder.resolve("broker");
  }

  Path serviceData() {
    return folder.resolve("service");
  }
}
