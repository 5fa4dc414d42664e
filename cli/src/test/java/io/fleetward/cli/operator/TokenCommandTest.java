package io.fleetward.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.service.access.Caller;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.TokensFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  @TempDir private Path home;

  private OperatorRun token(String... arguments) {
    String[] line = new String[arguments.length + 3];
    line[0] = "token";
    line[1] = "--file";
    line[2] = file().toString();
    System.arraycopy(arguments, 0, line, 3, arguments.length);
    return OperatorRun.of(home, Map.of(), line);
  }

  private Path file() {
    return home.resolve("tokens.yaml");
  }

  @Test
  void theSecretIsPrintedAloneAndOpensWhatWasAskedFor() throws IOException {
    OperatorRun run = token("--person", "olga", "--role", "viewer", "--role", "approver");

    assertThat(run.status()).isEqualTo(0);
    assertThat(run.out()).matches("flw_[A-Za-z0-9_-]{43}\n");
    assertThat(run.err()).contains("added \"olga-").contains("shown only now");
    assertThat(Files.readString(file())).doesNotContain(run.out().strip());
    Caller olga = TokensFile.read(file()).callerOf(run.out().strip()).orElseThrow();
    assertThat(olga.person().name()).isEqualTo("olga");
    assertThat(olga.roles()).containsExactlyInAnyOrder(Role.VIEWER, Role.APPROVER);
  }

  @Test
  void badInputMakesNoToken() {
    for (OperatorRun run :
        new OperatorRun[] {
          token("--person", "olga"),
          token("--role", "viewer"),
          token("--person", "olga", "--role", "root"),
          token("--person", "o l", "--role", "viewer")
        }) {
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).isNotEmpty();
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void aBadTokensFileIsToldAndLeftAlone() throws IOException {
    Files.writeString(file(), "tokens: oops\n");

    OperatorRun run = token("--person", "olga", "--role", "viewer");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("tokens.yaml:1:9: \"tokens\" must be a list");
    assertThat(Files.readString(file())).isEqualTo("tokens: oops\n");
  }
}
