package io.fleetward.agent.enrolment;

import io.fleetward.protocol.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/// The two secrets of an enrolled host, each in a file that only its owner can read.
///
/// @param hostKey the Ed25519 private key, which it signs outcomes with
/// @param scrapeKey the secret that it seals scrapes with
public record KeyFiles(Path hostKey, Path scrapeKey) {
  /// Whether the host has been enrolled.
  public boolean areThere() {
    return Files.exists(hostKey) && Files.exists(scrapeKey);
  }

  /// The key to enrol with: the one that is there, or a new one, which [#keep] puts in its place. A
  /// new one outlives an attempt that failed, since the service may know it already.
  ///
  /// @param isNew whether it must not be the one that is there
  /// @throws IOException if a file cannot be read or written
  /// @throws io.fleetward.protocol.signing.InvalidKeyFileException if it holds no such key
  SigningKey candidate(String id, boolean isNew) throws IOException {
    if (!isNew && Files.exists(hostKey)) {
      return SigningKey.fromPem(id, Files.readString(hostKey));
    }
    if (!Files.exists(next())) {
      write(next(), SigningKey.generate(id).signingKey().toPem());
    }
    return SigningKey.fromPem(id, Files.readString(next()));
  }

  /// Puts what the service knows now in its place.
  ///
  /// @param secret in the form of a scrape key's file
  /// @throws IOException if that cannot be written
  void keep(String secret) throws IOException {
    if (Files.exists(next())) {
      Files.move(next(), hostKey, StandardCopyOption.ATOMIC_MOVE);
    }
    Path written = scrapeKey.resolveSibling(scrapeKey.getFileName() + ".next");
    write(written, secret + "\n");
    Files.move(written, scrapeKey, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Gives both to the owner of a folder, which only root can if that is somebody else.
  ///
  /// @throws IOException if that is not possible
  void giveToOwnerOf(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    UserPrincipal owner = Files.getOwner(folder);
    for (Path file : new Path[] {hostKey, scrapeKey}) {
      if (!Files.getOwner(file).equals(owner)) {
        Files.setOwner(file, owner);
      }
    }
  }

  private Path next() {
    return hostKey.resolveSibling(hostKey.getFileName() + ".next");
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}
