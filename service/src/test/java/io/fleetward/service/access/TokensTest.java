package io.fleetward.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.service.access.Tokens.NewToken;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
  @Test
  void aNewTokenOpensWhatItsEntrySays() {
    NewToken ann = Tokens.create("ann", Set.of(Role.APPROVER));
    NewToken ben = Tokens.create("ben", Set.of(Role.VIEWER));
    Tokens tokens = new Tokens(List.of(ann.entry(), ben.entry()));

    Caller caller = tokens.callerOf(ann.secret()).orElseThrow();

    assertThat(caller.person().name()).isEqualTo("ann");
    assertThat(caller.roles()).containsExactly(Role.APPROVER);
    assertThat(tokens.callerOf(ben.secret()).orElseThrow().person().name()).isEqualTo("ben");
  }

  @Test
  void aSecretHas256BitsAndNeverRepeats() {
    NewToken one = Tokens.create("ann", Set.of(Role.VIEWER));
    NewToken other = Tokens.create("ann", Set.of(Role.VIEWER));

    assertThat(one.secret()).matches("flw_[A-Za-z0-9_-]{43}").isNotEqualTo(other.secret());
    assertThat(one.entry().name()).startsWith("ann-").isNotEqualTo(other.entry().name());
  }

  @Test
  void nothingElseOpensAnything() {
    NewToken ann = Tokens.create("ann", Set.of(Role.ADMIN));
    Tokens tokens = new Tokens(List.of(ann.entry()));

    assertThat(tokens.callerOf("")).isEmpty();
    assertThat(tokens.callerOf(ann.entry().sha256())).isEmpty();
    assertThat(tokens.callerOf(ann.secret() + " ")).isEmpty();
    assertThat(tokens.callerOf(ann.secret().toUpperCase(java.util.Locale.ROOT))).isEmpty();
    assertThat(new Tokens(List.of()).callerOf(ann.secret())).isEmpty();
  }

  @Test
  void theSecretStaysOutOfTexts() {
    NewToken ann = Tokens.create("ann", Set.of(Role.ADMIN));

    assertThat(ann.toString()).doesNotContain(ann.secret());
    assertThat(ann.entry().toString()).doesNotContain(ann.secret());
  }

  @Test
  void namesThatYamlOrTerminalsWouldInterpretAreRefused() {
    for (String name : List.of("", "a b", "a\"b", "a\n", "\u001b[2J", "-a", "a:b")) {
      assertThatThrownBy(() -> Tokens.create(name, Set.of(Role.VIEWER)))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Tokens.create("ann", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
