package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.agent.settings.AgentSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I3: a runner with root's powers goes by nothing that the daemon's user could have changed.
class Invariant03OnlyRootDecidesWhatRootDoesTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @Test
  void takesWhatIsItsOwn() {
    assertThatCode(() -> own().check(Kernel.userId())).doesNotThrowAnyException();
  }

  @Test
  void refusesAnAllowListThatOthersCanChange() throws Exception {
    open(folder.resolve("actions/append.yaml"));
    assertRefused("append.yaml");
  }

  @Test
  void refusesKeysThatOthersCanReplace() throws Exception {
    open(folder.resolve("keys"));
    assertRefused("keys");
  }

  @Test
  void refusesAFolderOnTheWayThatOthersCanChange() throws Exception {
    open(folder);
    assertRefused(folder.getFileName().toString());
  }

  @Test
  void aPrivilegedRunnerDoesNothingThen() throws Exception {
    open(folder.resolve("actions"));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    DaemonLink link =
        new DaemonLink(
            InputStream.nullInputStream(), new PrintStream(output, true, StandardCharsets.UTF_8));

    int status =
        RunnerMain.run(
            List.of("--privileged", "--config", host.config().toString()), link, () -> true);

    assertThat(status).isEqualTo(4);
    assertThat(output.size()).isZero();
  }

  private void assertRefused(String name) {
    assertThatThrownBy(() -> own().check(Kernel.userId()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("chmod go-w");
  }

  /// What is below the test's folder; the build's own files are not installed as they should be.
  private GuardedFiles own() throws IOException {
    ActionSettings settings = AgentSettings.load(Optional.of(host.config()), Map.of()).actions();
    return new GuardedFiles(
        GuardedFiles.of(Optional.of(host.config()), settings).files().stream()
            .filter(file -> file.startsWith(folder))
            .toList());
  }

  private static void open(Path file) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxrwxr-x" : "rw-rw-r--"));
  }
}
