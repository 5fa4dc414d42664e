package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Web;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus' own tool accepts what we expose and what we ship.
@Tag("debian")
class PromtoolTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir private static Path folder;

  @BeforeAll
  static void requirePromtool() {
    boolean isThere = Files.isExecutable(PROMTOOL);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("%s; install Debian's package prometheus", PROMTOOL).isTrue();
    }
    assumeTrue(isThere, PROMTOOL + " is missing; get it with: apt-get install prometheus");
  }

  @Test
  void bothMetricsPagesAreClean() throws IOException, InterruptedException {
    MachineFiles files = MachineFiles.prepare(folder.resolve("data"), "host-1");
    MachineTokens.prepare(files);
    try (Machine machine =
        new Machine(Installation.current(), files, MachinePorts.free(), Duration.ofSeconds(1))) {
      machine.startBroker();
      machine.startService();
      machine.startAgent();

      assertAccepted(machine.agentUri());
      assertAccepted(machine.serviceUri());
    }
  }

  @Test
  void theShippedRulesAreWellFormed() throws IOException, InterruptedException {
    assertClean("check", filesIn(Installation.current().rules()));
  }

  @Test
  void theShippedRuleTestsPass() throws IOException, InterruptedException {
    Path tests = Installation.current().rules().resolve("tests");
    assumeTrue(Files.isDirectory(tests), "there are no rule tests in " + tests);
    assertClean("test", filesIn(tests));
  }

  private static void assertAccepted(URI program) throws IOException, InterruptedException {
    String page = Web.get(program.resolve("/metrics")).body();
    assertThat(page).contains("fleetward_");
    Path file = Files.writeString(folder.resolve("page.txt"), page);
    try (Launched promtool =
        Launched.command(
            folder,
            List.of(
                "sh",
                "-c",
                "exec \"$0\" check metrics < \"$1\"",
                PROMTOOL.toString(),
                file.toString()))) {
      assertThat(promtool.awaitEnd()).isEqualTo(new Ended(0, ""));
    }
  }

  private static void assertClean(String verb, List<String> files) throws InterruptedException {
    assertThat(files).isNotEmpty();
    List<String> command = new ArrayList<>(List.of(PROMTOOL.toString(), verb, "rules"));
    command.addAll(files);
    try (Launched promtool = Launched.command(folder, command)) {
      Ended ended = promtool.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("SUCCESS");
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".yaml")).sorted().toList();
    }
  }
}
