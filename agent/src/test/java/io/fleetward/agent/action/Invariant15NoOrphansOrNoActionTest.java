package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I15: where the kernel would not show what an action leaves behind, none is begun.
class Invariant15NoOrphansOrNoActionTest {
  @TempDir Path folder;

  @Test
  void runsNothingWhereOrphansCannotBeAdopted() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    DaemonLink link =
        new DaemonLink(
            InputStream.nullInputStream(), new PrintStream(output, true, StandardCharsets.UTF_8));

    int status = RunnerMain.run(List.of("--config", host.config().toString()), link, () -> false);

    assertThat(status).isEqualTo(4);
    assertThat(output.size()).isZero();
  }
}
