package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The units that we ship, as systemd itself judges them.
class ShippedUnitsTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Path UNITS = Path.of("../deploy/systemd");

  /// Of ten, 0 being shut; more than three would have to be argued for.
  @ParameterizedTest
  @ValueSource(strings = {"fleetward-agent.service", "fleetward-act@.service"})
  void exposesLittle(String unit) throws Exception {
    assumeThat(ANALYZE).as("systemd-analyze").exists();

    assertThat(status("security", "--offline=true", "--threshold=30", UNITS + "/" + unit)).isZero();
  }

  @Test
  void theAgentAndTheSocketAgreeOnTheWay() throws IOException {
    String socket = "/run/fleetward-act.sock";

    assertThat(text("fleetward-act.socket"))
        .contains(
            "ListenStream=" + socket, "Accept=yes", "SocketGroup=fleetward", "SocketMode=0660");
    assertThat(text("fleetward-agent.service"))
        .contains("Environment=FLEETWARD_AGENT_RUNNER_SOCKET=" + socket, "User=fleetward");
  }

  @Test
  void whatActsHasNoNetworkAndAnEnd() throws IOException {
    assertThat(text("fleetward-act@.service").lines())
        .contains(
            "PrivateNetwork=yes",
            "IPAddressDeny=any",
            "KillMode=control-group",
            "RuntimeMaxSec=65min",
            "Environment=FLEETWARD_AGENT_STATE=/var/lib/fleetward-act",
            "NoNewPrivileges=yes")
        .anyMatch(line -> line.startsWith("ExecStart=") && line.contains(" act --privileged "));
  }

  private static String text(String unit) throws IOException {
    return Files.readString(UNITS.resolve(unit));
  }

  private static int status(String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(ANALYZE.toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.PIPE).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      System.err.println(output);
    }
    return status;
  }
}
