package io.fleetward.service.api;

import io.fleetward.protocol.messages.EnrolmentAnswer;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.EnrolmentDesk;
import io.fleetward.service.desk.HostKeyView;
import java.time.Instant;
import java.util.List;

/// A desk that knows one token, `fle_known`, and one host, `web-1`.
final class StagedEnrolments implements EnrolmentDesk {
  private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

  @Override
  public Made makeToken(TokenWish wish, Person person) {
    return wish.instances().equals("(")
        ? new Made.Unusable("\"(\" is no expression")
        : new Made.Token("fle_known", AT.plus(wish.valid()));
  }

  @Override
  public Enrolled enrol(String token, String publicKey, byte[] request) {
    if (!token.equals("fle_known")) {
      return new Enrolled.NoSuchToken();
    }
    return publicKey.equals("another")
        ? new Enrolled.Refused("web-1 is enrolled with another key")
        : new Enrolled.Recorded(new EnrolmentAnswer("web-1", "ab", "half"));
  }

  @Override
  public boolean revoke(String instance, Person person) {
    return instance.equals("web-1");
  }

  @Override
  public List<HostKeyView> keys() {
    return List.of(
        new HostKeyView("web-1", "ab", AT, "alice", null, null),
        new HostKeyView("web-1", "cd", AT.minusSeconds(60), "alice", AT, "bob"));
  }
}
