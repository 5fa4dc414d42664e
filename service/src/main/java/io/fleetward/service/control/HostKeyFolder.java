package io.fleetward.service.control;

import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of `INSTANCE.pem` files, read again when a key is not trusted, so that a new host is
/// known without a restart. Thread safe.
public final class HostKeyFolder implements HostKeys {
  private static final Logger log = LoggerFactory.getLogger(HostKeyFolder.class);

  /// Forged envelopes must not make us read files all day.
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

  private final Path folder;
  private final InstantSource clock;
  private final AtomicReference<Held> held;

  private record Held(HostKeys keys, Instant readAt) {}

  /// @throws IOException if the folder cannot be read
  /// @throws InvalidKeyFileException if a file holds no public key
  HostKeyFolder(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    HostKeys keys = HostKeys.of(TrustedKeys.read(folder));
    this.held = new AtomicReference<>(new Held(keys, clock.instant()));
  }

  @Override
  public Opened open(byte[] envelope, String expectedType) {
    Opened opened = held.get().keys().open(envelope, expectedType);
    boolean untrusted =
        opened instanceof Opened.Refused(String code, _) && code.equals("untrusted");
    return untrusted && readAgain() ? held.get().keys().open(envelope, expectedType) : opened;
  }

  @Override
  public boolean trusts(String instance, String fingerprint) {
    return held.get().keys().trusts(instance, fingerprint)
        || (readAgain() && held.get().keys().trusts(instance, fingerprint));
  }

  private boolean readAgain() {
    Held before = held.get();
    Instant now = clock.instant();
    if (now.isBefore(before.readAt().plus(AT_MOST_EVERY))
        || !held.compareAndSet(before, new Held(before.keys(), now))) {
      return false;
    }
    try {
      held.set(new Held(HostKeys.of(TrustedKeys.read(folder)), now));
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
