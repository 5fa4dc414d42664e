package io.fleetward.agent.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetward.agent.action.RunRequest;
import io.fleetward.agent.action.RunnerFixture;
import io.fleetward.agent.plans.Runners.Recovery;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runners that somebody else starts for each connection, as systemd does.
@Timeout(120)
class RunnersTest {
  private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");

  @TempDir Path folder;

  @Test
  void aPlanIsRunBehindASocket() throws Exception {
    assumeThat(ACTIVATE).as("systemd-socket-activate").exists();
    RunnerFixture host = RunnerFixture.in(folder).allowAppend();
    Path socket = folder.resolve("act.sock");
    Process systemd = activate(socket, host.runner());
    try {
      List<Outcome> outcomes = new ArrayList<>();
      Runners runners = Runners.behind(socket);

      runners.run(
          RunRequest.of(
              host.signed(host.append("hello")),
              host.heartbeat(),
              Duration.ZERO,
              (int) ProcessHandle.current().pid()),
          envelope -> outcomes.add(host.verified(envelope)));

      assertThat(outcomes)
          .extracting(Outcome::status)
          .containsExactly(Status.STARTED, Status.SUCCEEDED);
      assertThat(host.appended()).containsExactly("hello");
      assertThat(runners.recover(_ -> true)).isEqualTo(Recovery.SETTLED);

      // what the daemon could not put away is handed over once more
      runners.run(
          RunRequest.of(host.signed(host.append("again")), host.heartbeat(), Duration.ZERO, 1),
          _ -> false);
      List<Outcome> kept = new ArrayList<>();
      runners.recover(envelope -> kept.add(host.verified(envelope)));
      assertThat(kept).extracting(Outcome::status).containsExactly(Status.SUCCEEDED);
    } finally {
      systemd.destroy();
    }
  }

  @Test
  void saysHowToGetASocketThatIsNotThere() {
    Runners runners = Runners.behind(folder.resolve("none.sock"));

    assertThatThrownBy(() -> runners.recover(_ -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("systemctl enable --now fleetward-act.socket");
  }

  private static Process activate(Path socket, List<String> runner) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(ACTIVATE.toString(), "--accept", "--inetd", "--listen", socket.toString()));
    command.addAll(runner);
    Process process = new ProcessBuilder(command).redirectError(Redirect.PIPE).start();
    process.errorReader().readLine();
    while (!Files.exists(socket)) {
      Thread.onSpinWait();
    }
    return process;
  }
}
