package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files that we ship as samples, and the catalogue that they narrow.
class SampleAllowListTest {
  private static final Path SAMPLES = Path.of("../deploy/agent/actions");
  private static final Path CATALOGUE = Path.of("../actions");

  @Test
  void loadsWithoutAProblem() {
    AllowList samples = AllowList.read(SAMPLES);

    assertThat(samples.names())
        .containsExactly(
            "clean-package-cache",
            "collect-diagnostics",
            "delete-old-files",
            "drop-lock",
            "end-process",
            "flush-conntrack",
            "reboot",
            "reload-unit",
            "remount",
            "restart-unit",
            "rotate-logs",
            "throttle-unit",
            "unthrottle-unit",
            "vacuum-journal");
    assertThat(samples.hash()).hasSize(64);
  }

  @Test
  void everyActionOfTheCatalogueHasASampleAndTheOtherWayRound() throws IOException {
    try (Stream<Path> files = Files.list(CATALOGUE)) {
      assertThat(files.map(SampleAllowListTest::nameIn))
          .containsExactlyInAnyOrderElementsOf(AllowList.read(SAMPLES).names());
    }
  }

  @Test
  void everySampleThatRunsAProgramNamesEvidence() {
    assertThat(AllowList.read(SAMPLES).actions())
        .filteredOn(AllowedAction.Command.class::isInstance)
        .allSatisfy(action -> assertThat(((AllowedAction.Command) action).evidence()).isNotEmpty());
  }

  private static String nameIn(Path file) {
    Problems problems = new Problems();
    return YamlFile.read(file, problems)
        .map(root -> MappingReader.of(root, problems).requiredText("action"))
        .orElse("");
  }
}
