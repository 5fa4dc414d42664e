package io.fleetward.cli.operator;

import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.EnrolmentDesk;
import io.fleetward.service.desk.HostKeyView;
import java.time.Instant;
import java.util.List;

/// One host that is enrolled, and one whose key was revoked. A token tells what was asked for.
final class HostsWithKeys implements EnrolmentDesk {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Override
  public Made makeToken(TokenWish wish, Person person) {
    return new Made.Token(
        "fle_%s_%d_%s_%s".formatted(wish.instances(), wish.uses(), wish.replaces(), wish.valid()),
        NOON.plus(wish.valid()));
  }

  @Override
  public Enrolled enrol(String token, String publicKey, byte[] request) {
    return new Enrolled.NoSuchToken();
  }

  @Override
  public boolean revoke(String instance, Person person) {
    return instance.equals("db-1");
  }

  @Override
  public List<HostKeyView> keys() {
    return List.of(
        new HostKeyView("db-1", "0123456789abcdef0123", NOON, "olga", null, null),
        new HostKeyView(
            "web-17.example.org", "fedcba98", NOON, "olga", NOON.plusSeconds(60), "adam"));
  }
}
