package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.protocol.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  @TempDir Path folder;
  private final List<List<String>> told = new ArrayList<>();
  private RunnerFixture host;
  private WatchedFiles files;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
    ActionSettings settings = AgentSettings.load(Optional.of(host.config()), Map.of()).actions();
    files = WatchedFiles.open(settings, changed -> told.add(changed.allowList().names()));
  }

  @Test
  void aKeyThatIsRotatedInIsTrustedAndOneThatIsRemovedIsNot() throws Exception {
    assertThat(files.current().trustedKeys().size()).isEqualTo(1);

    Files.writeString(
        folder.resolve("keys/service-2.pem"),
        SigningKey.generate("service-2").trustedKey().toPem());
    assertThat(files.current().trustedKeys().size()).isEqualTo(2);

    Files.delete(folder.resolve("keys/service-1.pem"));
    Files.delete(folder.resolve("keys/service-2.pem"));
    assertThat(files.current().trustedKeys().size()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void anAllowListThatIsTakenAwayAllowsNothing() throws Exception {
    Files.delete(folder.resolve("actions/append.yaml"));
    Files.delete(folder.resolve("keys/service-1.pem"));

    assertThat(files.current().allowList().names()).isEmpty();
    assertThat(files.current().trustedKeys().size()).isZero();
  }

  @Test
  void aChangeOfTheAllowListIsToldOnce() throws Exception {
    host.allow("sync.yaml", "action: sync\nrun: [sync]\n");

    assertThat(files.current().allowList().names()).containsExactly("append", "sync");
    assertThat(files.current()).isSameAs(files.current());
    assertThat(told).containsExactly(List.of("append", "sync"));
  }

  @Test
  void theLastGoodOnesCountUntilTheNewAreMended() throws Exception {
    host.allow("sync.yaml", "action: [");
    assertThat(files.current().allowList().names()).containsExactly("append");

    host.allow("sync.yaml", "action: sync\nrun: [sync]\n");
    assertThat(files.current().allowList().names()).containsExactly("append", "sync");
  }
}
