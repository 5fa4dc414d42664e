package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Installation.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a newcomer reads first.
class CommandLineTest {
  @TempDir private static Path folder;

  @Test
  void theLauncherFindsAJdkAndTellsTheCommands() throws InterruptedException {
    Path launcher = Installation.current().home().resolve("fleetward");
    try (Launched help = Launched.command(folder, List.of("sh", launcher.toString(), "--help"))) {
      Ended ended = help.awaitEnd();

      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output())
          .contains("demo", "standalone", "incidents", "remediations", "approve", "reject")
          .contains("agent", "service")
          .contains("Exit status:", "0   done", "2   bad input", "5   refused");
    }
  }

  @Test
  void theDemoTellsItsExitStatus() throws InterruptedException {
    Ended ended = fleetward("demo", "--help");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("--fault", "--approve", "--keep-running")
        .contains("Exit status:", "0   the repair was verified", "1   a stage", "2   bad usage");
  }

  @Test
  void anUnknownCommandIsBadInput() throws InterruptedException {
    Ended ended = fleetward("nonsense");

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output()).contains("'nonsense'");
  }

  @Test
  void noCommandIsBadInput() throws InterruptedException {
    Ended ended = fleetward();

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output()).contains("which command?", "Usage: fleetward");
  }

  @Test
  void aScrapeIntervalOfNothingIsBadInputBeforeAnythingIsMade() throws InterruptedException {
    Path data = folder.resolve("never-made");
    Ended ended = fleetward("standalone", "--data=" + data, "--scrape-interval=0");

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message())
        .isEqualTo("--scrape-interval is 0; write 1 to 120 seconds, such as 10\n");
    assertThat(data).doesNotExist();
  }

  @Test
  void aFolderOfOnesOwnThatIsNotThereIsBadInput() throws InterruptedException {
    Ended ended =
        fleetward("standalone", "--data=" + folder.resolve("own"), "--config=/no/such/folder");

    assertThat(ended.status()).as(ended.output()).isEqualTo(2);
    assertThat(ended.message())
        .isEqualTo(
            "/no/such/folder is no folder; name one that has rules/, models/, policies/ or actions/\n");
  }

  @Test
  void anOperatorsCommandTellsItsExitStatus() throws InterruptedException {
    Ended ended = fleetward("approve", "--help");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("--reason", "--server", "--token-file")
        .contains("Exit status:", "4   ", "5   ");
  }

  @Test
  void theAgentTellsItsExitStatus() throws InterruptedException {
    Ended ended = program(Program.AGENT);

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("Usage: fleetward agent", "--config FILE", "Exit status: 0");
  }

  @Test
  void theServiceTellsItsExitStatus() throws InterruptedException {
    Ended ended = program(Program.SERVICE);

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("Usage: fleetward service", "--config FILE", "Exit status: 0");
  }

  private static Ended fleetward(String... arguments) throws InterruptedException {
    try (Launched command = Launched.fleetward(folder, arguments)) {
      return command.awaitEnd();
    }
  }

  private static Ended program(Program program) throws InterruptedException {
    try (Launched command = Launched.program(program, folder, "--help")) {
      return command.awaitEnd();
    }
  }
}
