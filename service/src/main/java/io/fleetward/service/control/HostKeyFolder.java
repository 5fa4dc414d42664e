package io.fleetward.service.control;

import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of `INSTANCE.pem` files, read again when a signature is not trusted, so that a new host
/// is known without a restart. Confined to one thread.
final class HostKeyFolder implements OutcomeConsumer.HostKeys {
  private static final Logger log = LoggerFactory.getLogger(HostKeyFolder.class);

  /// Forged envelopes must not make us read files all day.
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

  private final Path folder;
  private final InstantSource clock;
  private TrustedKeys keys;
  private Instant readAt;

  /// @throws IOException if the folder cannot be read
  /// @throws InvalidKeyFileException if a file holds no public key
  HostKeyFolder(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.keys = TrustedKeys.read(folder);
    this.readAt = clock.instant();
  }

  @Override
  public Opened open(byte[] envelope, String expectedType) {
    Opened opened = keys.open(envelope, expectedType);
    boolean untrusted =
        opened instanceof Opened.Refused(String code, _) && code.equals("untrusted");
    return untrusted && readAgain() ? keys.open(envelope, expectedType) : opened;
  }

  private boolean readAgain() {
    Instant now = clock.instant();
    if (now.isBefore(readAt.plus(AT_MOST_EVERY))) {
      return false;
    }
    readAt = now;
    try {
      keys = TrustedKeys.read(folder);
      return true;
    } catch (IOException | InvalidKeyFileException e) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("reason", e.getMessage())
          .log("host keys cannot be read; the last good ones stay in force");
      return false;
    }
  }
}
