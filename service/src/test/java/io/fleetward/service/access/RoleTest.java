package io.fleetward.service.access;

import static io.fleetward.service.access.Permission.DECIDE;
import static io.fleetward.service.access.Permission.INGEST;
import static io.fleetward.service.access.Permission.PAUSE;
import static io.fleetward.service.access.Permission.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.service.desk.Desk.Person;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void eachRolePermitsWhatItShould() {
    assertThat(permissionsOf(Role.SENDER)).isEqualTo(EnumSet.of(INGEST));
    assertThat(permissionsOf(Role.VIEWER)).isEqualTo(EnumSet.of(READ));
    assertThat(permissionsOf(Role.OPERATOR)).isEqualTo(EnumSet.of(READ, PAUSE));
    assertThat(permissionsOf(Role.APPROVER)).isEqualTo(EnumSet.of(READ, PAUSE, DECIDE));
    assertThat(permissionsOf(Role.ADMIN)).isEqualTo(EnumSet.allOf(Permission.class));
  }

  @Test
  void aCallerMayWhatAnyOfTheRolesPermits() {
    Caller both = new Caller("t", new Person("ann"), Set.of(Role.VIEWER, Role.OPERATOR));

    assertThat(both.may(PAUSE)).isTrue();
    assertThat(both.may(DECIDE)).isFalse();
  }

  @Test
  void theRolesThatPermitSomethingAreNamed() {
    assertThat(Role.permitting(DECIDE)).isEqualTo("approver or admin");
  }

  private static Set<Permission> permissionsOf(Role role) {
    return Arrays.stream(Permission.values()).filter(role::permits).collect(Collectors.toSet());
  }
}
