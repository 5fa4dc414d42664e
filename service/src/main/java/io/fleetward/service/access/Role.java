package io.fleetward.service.access;

import static io.fleetward.service.access.Permission.DECIDE;
import static io.fleetward.service.access.Permission.INGEST;
import static io.fleetward.service.access.Permission.PAUSE;
import static io.fleetward.service.access.Permission.READ;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a token's owner is; the only place that says what each role permits.
public enum Role {
  SENDER(INGEST),
  VIEWER(READ),
  OPERATOR(READ, PAUSE),
  APPROVER(READ, PAUSE, DECIDE),
  ADMIN(Permission.values());

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Permission> permissions;

  Role(Permission... permissions) {
    this.permissions = Set.of(permissions);
  }

  public boolean permits(Permission permission) {
    return permissions.contains(permission);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The roles that permit something, for people: `approver or admin`.
  public static String permitting(Permission permission) {
    return Arrays.stream(values())
        .filter(role -> role.permits(permission))
        .map(Role::word)
        .collect(Collectors.joining(" or "));
  }
}
