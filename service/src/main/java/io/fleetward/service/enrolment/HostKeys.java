package io.fleetward.service.enrolment;

import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;

/// The keys of hosts, wherever they are kept. Thread safe.
public interface HostKeys {
  /// Opens what a host signed.
  Opened open(byte[] envelope, String expectedType);

  /// Whether a host's reports are believed under the key with this fingerprint.
  boolean trusts(String instance, String fingerprint);

  static HostKeys of(TrustedKeys keys) {
    return new HostKeys() {
      @Override
      public Opened open(byte[] envelope, String expectedType) {
        return keys.open(envelope, expectedType);
      }

      @Override
      public boolean trusts(String instance, String fingerprint) {
        return keys.find(instance)
            .map(TrustedKey::fingerprint)
            .filter(fingerprint::equals)
            .isPresent();
      }
    };
  }
}
