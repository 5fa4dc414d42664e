package io.fleetward.service.desk;

import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.service.desk.Desk.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Where hosts are enrolled and their keys revoked. Thread safe; calls may wait for the database,
/// so never call it on an event loop.
public interface EnrolmentDesk {
  /// Makes a token by which hosts can be enrolled.
  Made makeToken(TokenWish wish, Person person);

  /// Records a host's key.
  ///
  /// @param token the secret that an admin made
  /// @param publicKey the host's key in PEM
  /// @param request a signed envelope with an [io.fleetward.protocol.messages.EnrolmentRequest]
  Enrolled enrol(String token, String publicKey, byte[] request);

  /// Revokes the key that a host has; false if it has none in force.
  boolean revoke(String instance, Person person);

  /// All keys, by instance, the newest of each first.
  List<HostKeyView> keys();

  /// @param instances expression that an instance has to match as a whole
  /// @param uses how many hosts it is for
  /// @param replaces whether a host may put a new key in the place of the one that it has
  record TokenWish(Duration valid, String instances, int uses, boolean replaces) {}

  /// What came of asking for a token.
  sealed interface Made {
    /// @param secret shown only now
    record Token(String secret, Instant expiresAt) implements Made {
      /// Without the secret, so that it cannot slip into a log.
      @Override
      public String toString() {
        return "Token[until %s]".formatted(expiresAt);
      }
    }

    record Unusable(String reason) implements Made {}
  }

  /// What came of enrolling.
  sealed interface Enrolled {
    record Recorded(EnrolmentAnswer answer) implements Enrolled {}

    /// The token is unknown, expired or used up.
    record NoSuchToken() implements Enrolled {}

    /// @param reason why not, and what to do
    record Refused(String reason) implements Enrolled {}

    /// The request itself is wrong.
    record Malformed(String reason) implements Enrolled {}
  }
}
