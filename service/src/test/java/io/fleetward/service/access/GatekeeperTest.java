package io.fleetward.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.service.access.Gatekeeper.Refresh;
import io.fleetward.service.access.Tokens.NewToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatekeeperTest {
  @TempDir private Path folder;

  private final NewToken ann = Tokens.create("ann", Set.of(Role.ADMIN));
  private final NewToken ben = Tokens.create("ben", Set.of(Role.VIEWER));

  @BeforeEach
  void addAnn() {
    TokensFile.add(file(), ann.entry());
  }

  private Path file() {
    return folder.resolve("tokens.yaml");
  }

  @Test
  void aTokenThatWasAddedOpensAfterTheNextLook() {
    Gatekeeper gatekeeper = Gatekeeper.open(file());
    TokensFile.add(file(), ben.entry());
    assertThat(gatekeeper.callerOf(ben.secret())).isEmpty();

    assertThat(gatekeeper.refresh()).isEqualTo(new Refresh.Changed(2));

    assertThat(gatekeeper.callerOf(ben.secret())).isPresent();
    assertThat(gatekeeper.refresh()).isEqualTo(new Refresh.Unchanged());
  }

  @Test
  void aTokenThatWasRemovedOpensNothingAfterTheNextLook() throws IOException {
    Gatekeeper gatekeeper = Gatekeeper.open(file());
    Files.writeString(file(), "tokens: []\n");

    assertThat(gatekeeper.refresh()).isEqualTo(new Refresh.Changed(0));

    assertThat(gatekeeper.callerOf(ann.secret())).isEmpty();
  }

  @Test
  void aBadFileKeepsTheLastGoodTokensAndIsToldOnce() throws IOException {
    Gatekeeper gatekeeper = Gatekeeper.open(file());
    Files.writeString(file(), "tokens: oops\n");

    assertThat(gatekeeper.refresh())
        .isInstanceOfSatisfying(
            Refresh.Kept.class,
            kept -> assertThat(kept.problems()).contains("\"tokens\" must be a list"));

    assertThat(gatekeeper.refresh()).isEqualTo(new Refresh.Unchanged());
    assertThat(gatekeeper.callerOf(ann.secret())).isPresent();
  }

  @Test
  void aFileThatIsGoneKeepsTheTokensAndItsReturnIsNoticed() throws IOException {
    Gatekeeper gatekeeper = Gatekeeper.open(file());
    Files.delete(file());
    assertThat(gatekeeper.refresh()).isInstanceOf(Refresh.Kept.class);
    assertThat(gatekeeper.callerOf(ann.secret())).isPresent();

    TokensFile.add(file(), ben.entry());

    assertThat(gatekeeper.refresh()).isEqualTo(new Refresh.Changed(1));
    assertThat(gatekeeper.callerOf(ann.secret())).isEmpty();
  }

  @Test
  void aBadFileAtStartIsRefused() throws IOException {
    Files.writeString(file(), "tokens: oops\n");

    assertThatThrownBy(() -> Gatekeeper.open(file()))
        .isInstanceOf(InvalidConfigurationException.class);
  }
}
