package io.fleetward.service.access;

import io.fleetward.service.desk.Desk.Person;
import java.util.Set;

/// Who asks, known by a token.
///
/// @param token the name of the token, never its secret
public record Caller(String token, Person person, Set<Role> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean may(Permission permission) {
    return roles.stream().anyMatch(role -> role.permits(permission));
  }
}
